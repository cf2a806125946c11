using OneRoster.Model;
using OneRoster.Validation;

namespace Gateway.Rostering;

/// <summary>Counts of one run: rows by collection, findings by rule and place, changes, times. Its size does not grow with the roster.</summary>
internal sealed class RosterLedger : IRosterObserver
{
    private const string Error = "error";
    private const string Warning = "warning";
    private static readonly string[] Names = [.. Enum.GetValues<RosterCollection>().Select(WireName)];
    private readonly SortedDictionary<string, long> rows = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> expected = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Rule, string Collection, string Field), RosterFindingCount> findings = [];
    private readonly List<RosterPhaseTime> phases = [];
    private readonly Queue<RosterCollection> restarted = [];
    private readonly long[] counts = new long[Names.Length];
    private RosterCollection? reading;

    public IReadOnlyDictionary<string, long> Rows
    {
        get
        {
            foreach (var collection in Enum.GetValues<RosterCollection>())
                if (counts[(int)collection] > 0)
                    rows[NameOf(collection)] = counts[(int)collection];
            return rows;
        }
    }

    /// <summary>Rows of all collections.</summary>
    public long RowsRead => counts.Sum();

    public IReadOnlyDictionary<string, long> Expected => expected;

    /// <summary>The collection that is being read, its rows so far, and how many there will be.</summary>
    public (string? Collection, long Rows, long? Expected) Reading => reading is { } collection
        ? (NameOf(collection), counts[(int)collection], expected.TryGetValue(NameOf(collection), out var count) ? count : null)
        : (null, 0, null);

    public IReadOnlyList<RosterFindingCount> Findings => [.. findings.Values];

    public IReadOnlyList<RosterChangeCount> Changes { get; set; } = [];

    /// <summary>How many of the changes the switch writes into the change feed; joins and splits are written where they are made.</summary>
    public long FeedEntries => Changes.Where(change => change.Entity != "term" && change.Kind is not ("merged" or "split")).Sum(change => change.Count);

    /// <summary>Patterns that no district can go by with these users; null: they were not all read.</summary>
    public IReadOnlyList<string>? BroadPatterns { get; set; }

    public IReadOnlyList<RosterPhaseTime> Phases => phases;

    /// <summary>Rows that are outside what the district takes in, by collection.</summary>
    public SortedDictionary<string, long> LeftOut { get; } = new(StringComparer.Ordinal);

    public void Count(RosterCollection collection)
    {
        counts[(int)collection]++;
        // Roles that come with users are part of reading these.
        if (collection != RosterCollection.UserRoles || reading != RosterCollection.Users)
            reading = collection;
    }

    public void Took(string phase, TimeSpan time) => phases.Add(new RosterPhaseTime(phase, Math.Round(time.TotalSeconds, 3)));

    public void Find(string rule, string collection, string field, bool rowsDropped, long count) =>
        Add(new RosterFindingCount(rule, rowsDropped ? Error : Warning, collection, field, null, count));

    /// <summary>The same in place of what was found before, where a comparison is made again.</summary>
    public void Set(string rule, string collection, string field, bool rowsDropped, long count)
    {
        findings.Remove((rule, collection, field));
        Find(rule, collection, field, rowsDropped, count);
    }

    /// <summary>What the phases after reading found in the same roster before; what reading found tonight, and where, stays.</summary>
    public void Repeat(RosterFindingCount found)
    {
        var place = (found.Rule, found.Collection, found.Field);
        findings[place] = found with { FirstLine = findings.TryGetValue(place, out var tonight) ? tonight.FirstLine : null };
    }

    /// <summary>The next collection whose rows so far are void, if any.</summary>
    public bool TryTakeRestart(out RosterCollection collection) => restarted.TryDequeue(out collection);

    void IRosterObserver.Report(RosterFinding finding) => Add(new RosterFindingCount(
        finding.Rule,
        finding.Severity == FindingSeverity.RowDropped ? Error : Warning,
        finding.Collection is { } collection ? NameOf(collection) : "",
        finding.Column ?? "",
        finding.Line ?? finding.Offset,
        1));

    // A source says this now and then; the pipeline counts what it receives.
    void IRosterObserver.Progress(RosterCollection collection, long count, long? expectedRows)
    {
        rows.TryAdd(NameOf(collection), 0);
        if (expectedRows is { } number)
            expected[NameOf(collection)] = number;
    }

    void IRosterObserver.Restarted(RosterCollection collection)
    {
        restarted.Enqueue(collection);
        counts[(int)collection] = 0;
        if (collection == RosterCollection.Users)
            counts[(int)RosterCollection.UserRoles] = 0;
    }

    /// <summary>The wire name (<c>academicSessions</c>).</summary>
    public static string NameOf(RosterCollection collection) => Names[(int)collection];

    private static string WireName(RosterCollection collection)
    {
        var name = collection.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private void Add(RosterFindingCount finding)
    {
        if (finding.Count == 0)
            return;
        var place = (finding.Rule, finding.Collection, finding.Field);
        findings[place] = findings.TryGetValue(place, out var known)
            ? known with { Count = known.Count + finding.Count, Severity = known.Severity == Error ? Error : finding.Severity }
            : finding;
    }
}
