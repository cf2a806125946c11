namespace Gateway.Privacy.Audit;

/// <summary>The chains of the audit trail.</summary>
internal static class AuditChain
{
    /// <summary>The number of the gateway's own chain: no district has it.</summary>
    public const int Own = 0;

    /// <summary>The entry with which the gateway's own chain takes in where the other chains end: their numbers, each with sequence and hash.</summary>
    public const string HeadsAction = "audit.heads";
}
