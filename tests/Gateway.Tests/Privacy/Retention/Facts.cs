namespace Gateway.Tests.Privacy.Retention;

/// <summary>What happened in the simulated districts, and what has been deleted of it by right: the oracle's own memory, in plain objects.</summary>
internal sealed class Facts
{
    public List<DistrictFact> Districts { get; } = [];

    public Dictionary<long, LearnerFact> Learners { get; } = [];

    public Dictionary<long, ClassFact> Classes { get; } = [];

    public Dictionary<long, TermFact> Terms { get; } = [];

    public Dictionary<long, SchoolFact> Schools { get; } = [];

    public List<EnrollmentFact> Enrollments { get; } = [];

    public List<HappenedFact> Launches { get; } = [];

    public List<HappenedFact> Scores { get; } = [];

    public List<RunFact> Runs { get; } = [];

    public List<AlertFact> Alerts { get; } = [];

    public List<EventFact> Events { get; } = [];

    public List<SpentFact> Spent { get; } = [];

    public DistrictFact District(int id) => Districts.Single(district => district.Id == id);
}

internal sealed class DistrictFact(int id, TimeZoneInfo zone)
{
    public int Id => id;

    public TimeZoneInfo Zone => zone;

    public DateOnly? ContractEnd { get; set; }

    public DateOnly? LastRoster { get; set; }

    /// <summary>Whether the SIS still answers.</summary>
    public bool HasSource { get; set; } = true;

    /// <summary>Where the feed stood at the end of each day, and when its changes of that day were made.</summary>
    public List<(DateTimeOffset At, long Last)> Feed { get; } = [];

    public long Purged { get; set; }

    public DateOnly DayAt(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
}

internal sealed class LearnerFact(long id, int district, bool student, DateOnly seen)
{
    public long Id => id;

    public int District => district;

    public bool IsStudent => student;

    public DateOnly LastSeen { get; set; } = seen;

    public DateOnly? LastLaunch { get; set; }

    public bool OnRoster { get; set; }

    public DateOnly? Unlinked { get; set; }
}

internal sealed record ClassFact(long Id, int District, long School, long[] Terms)
{
    public DateOnly? Left { get; set; }
}

internal sealed record TermFact(long Id, int District)
{
    public DateOnly Ends { get; set; }

    public DateOnly? Left { get; set; }
}

internal sealed record SchoolFact(long Id, int District)
{
    public DateOnly? Left { get; set; }
}

internal sealed record EnrollmentFact(long Class, long Learner)
{
    public bool IsCurrent { get; set; } = true;
}

internal sealed record HappenedFact(Guid Id, int District, long Learner, DateTimeOffset At);

internal sealed record RunFact(long Id, int District, DateTimeOffset At)
{
    public required string State { get; set; }
}

internal sealed record AlertFact(long Id, int District, DateTimeOffset At, bool IsPending);

internal sealed record EventFact(Guid Id, int District, DateTimeOffset At, string State);

internal sealed record SpentFact(Guid Id, int District, DateTimeOffset Expires);
