using Gateway.Storage;

namespace Gateway.Privacy.Audit;

/// <summary>The chains of the audit trail.</summary>
internal static class AuditChain
{
    /// <summary>The gateway's own chain.</summary>
    public const int Own = GatewayDatabase.Own;

    /// <summary>The entry with which the gateway's own chain takes in where the other chains end: their numbers, each with sequence and hash.</summary>
    public const string HeadsAction = "audit.heads";
}
