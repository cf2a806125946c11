namespace Gateway.Storage.Model;

/// <summary>What a district lets a roster run do by itself, and whom it takes in.</summary>
internal sealed class RosterPolicy
{
    public int DistrictId { get; set; }

    public decimal RemovedPercent { get; set; }

    public decimal ChangedPercent { get; set; }

    public decimal MergedPercent { get; set; }

    public int MergedPeople { get; set; }

    public bool AdditionsAhead { get; set; }

    public Guid[]? Schools { get; set; }

    public string[]? Grades { get; set; }

    public string[]? ClassTypes { get; set; }

    public int? TermMarginDays { get; set; }

    public string? SamePerson { get; set; }

    public bool FollowPlatform { get; set; }
}
