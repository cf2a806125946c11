namespace Gateway.Storage.Model;

/// <summary>An academic session of the roster.</summary>
internal sealed class Term
{
    public long Id { get; set; }

    public int DistrictId { get; set; }

    public Guid Source { get; set; }

    /// <summary>The version of the district's key that it was made with.</summary>
    public short KeyVersion { get; set; }

    public required string Kind { get; set; }

    public string? Title { get; set; }

    public DateOnly StartsOn { get; set; }

    public DateOnly EndsOn { get; set; }

    public DateOnly? EndedOn { get; set; }
}
