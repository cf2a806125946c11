using OneRoster.Model;

namespace OneRoster.Rest;

/// <summary>What the collections of one reading have shown of the server, so that the later ones need not find it out again.</summary>
internal sealed class ServerHabits
{
    private readonly List<Action> findings = [];
    private RosterSourceException? firstAbsence;

    /// <summary>A collection came, be it without rows.</summary>
    public bool Answers { get; set; }

    /// <summary>A count was larger than its page: it is the number of all rows, not of those on the page.</summary>
    public bool CountsAreTotals { get; set; }

    /// <summary>Whether and how the server sends us to other paths of its own.</summary>
    public Dictionary<string, string> MovedPaths { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// A collection is not there: no such path, or no list under its name. It is read as empty if the server has others, and
    /// otherwise there is no roster at all.
    /// </summary>
    /// <param name="failure">What is wrong if nothing else is there either.</param>
    /// <param name="report">Tells that the collection was read as empty.</param>
    public void Miss(RosterSourceException failure, Action report)
    {
        firstAbsence ??= failure;
        findings.Add(report);
    }

    /// <summary>Judges, at the end of a reading, what was missed in it.</summary>
    public void Judge()
    {
        if (firstAbsence is not null && !Answers)
            throw firstAbsence;
        findings.ForEach(report => report());
        findings.Clear();
    }
}
