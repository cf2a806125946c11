namespace Gateway.Storage.Model;

/// <summary>Where a chain of the audit trail ends.</summary>
internal sealed class AuditHead
{
    public int DistrictId { get; set; }

    public long Sequence { get; set; }

    public required byte[] Hash { get; set; }

    public required byte[] Seal { get; set; }
}
