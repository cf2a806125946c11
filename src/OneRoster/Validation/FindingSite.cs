using OneRoster.Model;

namespace OneRoster.Validation;

/// <summary>Where a reader is, for the findings it reports. Names are the specification's, never the source's.</summary>
internal sealed class FindingSite(IRosterObserver observer, Func<RosterField, string> columnName)
{
    public RosterCollection? Collection { get; init; }

    public string? File { get; init; }

    public long? Line { get; set; }

    public long? Offset { get; set; }

    public void Report(string rule, FindingSeverity severity, RosterField field, string fix) =>
        Report(rule, severity, columnName(field), fix);

    public void Report(string rule, FindingSeverity severity, string? column, string fix) => observer.Report(new RosterFinding
    {
        Rule = rule,
        Severity = severity,
        Collection = Collection,
        File = File,
        Line = Line,
        Offset = Offset,
        Column = column,
        Fix = fix,
    });
}
