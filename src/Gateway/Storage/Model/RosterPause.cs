namespace Gateway.Storage.Model;

/// <summary>Days on which a district's scheduled runs end nothing .</summary>
internal sealed class RosterPause
{
    public long Id { get; set; }

    public int DistrictId { get; set; }

    public DateOnly FirstDay { get; set; }

    public DateOnly LastDay { get; set; }

    public required string Reason { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
