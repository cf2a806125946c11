using OneRoster.Model;
using OneRoster.Validation;

namespace Gateway.Rostering;

/// <summary>Counts of one run: rows by collection, findings by rule and place, changes. Its size does not grow with the roster.</summary>
internal sealed class RosterLedger : IRosterObserver
{
    private const string Error = "error";
    private const string Warning = "warning";
    private readonly SortedDictionary<string, long> rows = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Rule, string Collection, string Field), RosterFindingCount> findings = [];

    public IReadOnlyDictionary<string, long> Rows => rows;

    public IReadOnlyList<RosterFindingCount> Findings => [.. findings.Values];

    public IReadOnlyList<RosterChangeCount> Changes { get; set; } = [];

    public void Count(RosterCollection collection)
    {
        var name = NameOf(collection);
        rows[name] = rows.GetValueOrDefault(name) + 1;
    }

    public void Find(string rule, string collection, string field, bool rowsDropped, long count) =>
        Add(new RosterFindingCount(rule, rowsDropped ? Error : Warning, collection, field, null, count));

    void IRosterObserver.Report(RosterFinding finding) => Add(new RosterFindingCount(
        finding.Rule,
        finding.Severity == FindingSeverity.RowDropped ? Error : Warning,
        finding.Collection is { } collection ? NameOf(collection) : "",
        finding.Column ?? "",
        finding.Line ?? finding.Offset,
        1));

    // A source says this every thousand rows; the pipeline counts what it receives.
    void IRosterObserver.Progress(RosterCollection collection, long count, long? expected) => rows.TryAdd(NameOf(collection), 0);

    void IRosterObserver.Restarted(RosterCollection collection) => throw new NotSupportedException("No source reads a collection again yet.");

    /// <summary>The wire name (<c>academicSessions</c>).</summary>
    public static string NameOf(RosterCollection collection)
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
