namespace Gateway.Storage.Model;

/// <summary>A signed statement of what was deleted (P-3.4).</summary>
internal sealed class Certificate
{
    public Guid Id { get; set; }

    public int DistrictId { get; set; }

    public required string Kind { get; set; }

    public Guid? ErasureId { get; set; }

    public DateTimeOffset IssuedAt { get; set; }

    public required string Statement { get; set; }
}
