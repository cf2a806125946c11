namespace Gateway.Storage.Model;

/// <summary>A tenant: a school, district or agency.</summary>
internal sealed class District
{
    public int Id { get; set; }

    public required string Slug { get; set; }

    public required string Name { get; set; }

    public required string TimeZone { get; set; }

    public DateOnly? ContractEnd { get; set; }

    public string? EngineClientId { get; set; }

    public bool GuestsAllowed { get; set; }

    /// <summary>The day on which a roster was applied last, in the district's time zone; null before the first.</summary>
    public DateOnly? LastRoster { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
