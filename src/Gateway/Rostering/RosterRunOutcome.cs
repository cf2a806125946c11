namespace Gateway.Rostering;

/// <summary>What came of a run. Holds counts and codes only.</summary>
/// <param name="State">How it ended.</param>
/// <param name="RunId">Its number in the history; null when it was refused before it began.</param>
/// <param name="Failure">Why it failed: a stable code, and words made of codes and places; null otherwise.</param>
/// <param name="Rows">Rows read, by collection.</param>
/// <param name="Changes">What was changed or, in a dry run, would be.</param>
/// <param name="Findings">What the reader and the checks found.</param>
internal sealed record RosterRunOutcome(
    RosterRunState State,
    long? RunId,
    Failure? Failure,
    IReadOnlyDictionary<string, long> Rows,
    IReadOnlyList<RosterChangeCount> Changes,
    IReadOnlyList<RosterFindingCount> Findings)
{
    /// <summary>Rows outside what the district takes in, by collection.</summary>
    public IReadOnlyDictionary<string, long> LeftOut { get; init; } = new Dictionary<string, long>();

    /// <summary>Before and after by type, and the reasons to wait; null when the run did not get that far.</summary>
    public RosterComparison? Comparison { get; init; }

    /// <summary>The run that compared the same roster; null where this one did.</summary>
    public long? SameAs { get; init; }

    public string? Code => Failure?.Code;

    public static RosterRunOutcome Refused(Failure failure) => new(RosterRunState.Failed, null, failure, new Dictionary<string, long>(), [], []);
}

/// <summary>How a run ended.</summary>
internal enum RosterRunState
{
    /// <summary>The roster is as the source says.</summary>
    Applied,

    /// <summary>A dry run came to its end.</summary>
    Checked,

    /// <summary>Nothing was changed.</summary>
    Failed,

    /// <summary>A person has to approve it first; additions may have been applied where the district lets them go ahead.</summary>
    Waiting,
}

/// <summary>How long a phase took, in seconds.</summary>
internal sealed record RosterPhaseTime(string Name, double Seconds);

/// <summary>So many of an entity (<c>school</c>, <c>term</c>, <c>class</c>, <c>learner</c>, <c>enrollment</c>) were <c>added</c>, <c>changed</c> or <c>ended</c>; of learners also <c>merged</c> or <c>split</c>.</summary>
internal sealed record RosterChangeCount(string Entity, string Kind, long Count);

/// <summary>A rule was broken so many times at a place.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Severity"><c>error</c> (rows were dropped) or <c>warning</c>.</param>
/// <param name="Collection">The collection by its wire name; empty for the archive and its manifest.</param>
/// <param name="Field">The field by its wire name; empty where there is none.</param>
/// <param name="FirstLine">Where the first one stands: CSV line (from 1) or REST position (from 0); null where a check over all rows found it.</param>
/// <param name="Count">How many there were.</param>
internal sealed record RosterFindingCount(string Rule, string Severity, string Collection, string Field, long? FirstLine, long Count);
