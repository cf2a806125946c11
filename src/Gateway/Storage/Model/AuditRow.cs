namespace Gateway.Storage.Model;

/// <summary>One entry of a chain of the audit trail (P-5.6), the table <c>audit_entry</c>; written once.</summary>
internal sealed class AuditRow
{
    /// <summary>The district's number; 0 for the gateway's own chain.</summary>
    public int DistrictId { get; set; }

    public long Sequence { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Actor { get; set; }

    public required string Action { get; set; }

    /// <summary>A JSON object of texts.</summary>
    public required string Details { get; set; }

    public required byte[] Previous { get; set; }

    public required byte[] Hash { get; set; }
}
