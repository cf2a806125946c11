namespace Gateway.Storage.Model;

/// <summary>Something that may be used once and was (P-2.7).</summary>
internal sealed class SpentValue
{
    public Guid Id { get; set; }

    public int DistrictId { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}
