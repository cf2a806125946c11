namespace Gateway.Storage.Model;

/// <summary>Whoever launches or is on a roster, teachers included; nothing here says who.</summary>
internal sealed class Learner
{
    public long Id { get; set; }

    public int DistrictId { get; set; }

    public required string Role { get; set; }

    public string[]? Grades { get; set; }

    public DateOnly FirstSeen { get; set; }

    public DateOnly LastSeen { get; set; }

    public DateOnly? LastLaunch { get; set; }

    public DateOnly? RosterEnded { get; set; }

    public bool OnRoster { get; set; }
}
