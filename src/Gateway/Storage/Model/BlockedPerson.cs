namespace Gateway.Storage.Model;

/// <summary>A pseudonym that may not come in (P-3.5).</summary>
internal sealed class BlockedPerson
{
    public int DistrictId { get; set; }

    public short Kind { get; set; }

    public Guid Hash { get; set; }

    public short KeyVersion { get; set; }

    public Guid BlockId { get; set; }

    public DateTimeOffset BlockedAt { get; set; }
}
