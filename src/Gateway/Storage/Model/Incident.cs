namespace Gateway.Storage.Model;

/// <summary>How many incidents of a kind there were in a district (P-5.7); counts and times.</summary>
internal sealed class Incident
{
    /// <summary>The district's number; 0 for the gateway as a whole.</summary>
    public int DistrictId { get; set; }

    public required string Kind { get; set; }

    /// <summary>Those that nobody was told of yet.</summary>
    public int Untold { get; set; }

    public long Total { get; set; }

    /// <summary>Of those untold.</summary>
    public DateTimeOffset FirstAt { get; set; }

    public DateTimeOffset LastAt { get; set; }

    public DateTimeOffset? ToldAt { get; set; }
}
