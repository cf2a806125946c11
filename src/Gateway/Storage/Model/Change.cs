namespace Gateway.Storage.Model;

/// <summary>One entry of a district's change feed .</summary>
internal sealed class Change
{
    public int DistrictId { get; set; }

    public long Sequence { get; set; }

    public required string Entity { get; set; }

    public long EntityId { get; set; }

    public long? OtherId { get; set; }

    public required string Kind { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The one engine that this is told; null: every engine of the district.</summary>
    public string? ClientId { get; set; }
}
