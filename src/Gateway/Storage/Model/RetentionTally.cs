namespace Gateway.Storage.Model;

/// <summary>How many rows a rule of the minute deleted since the audit trail was told (P-2.9).</summary>
internal sealed class RetentionTally
{
    public required string Rule { get; set; }

    public long Rows { get; set; }
}
