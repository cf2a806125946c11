using System.Globalization;
using OneRoster.Validation;

namespace Gateway.Commands;

/// <summary>A validator's report for people: by file, in the order of its lines, then the sum.</summary>
internal static class ValidationLines
{
    private const string Package = "package";

    public static IEnumerable<string> Of(ValidationReport report)
    {
        yield return ValidateCommand.NameOf(report.Version) is { } version
            ? $"OneRoster {version}: {string.Join(", ", report.Files.Select(file => Invariant($"{file.Name} {file.Rows:N0}")))}"
            : "No OneRoster package that can be read.";
        var order = report.Files.Select((file, place) => (file.Name, place)).ToDictionary(file => file.Name, file => file.place);
        var counts = report.Counts.GroupBy(count => count.File ?? Package).OrderBy(file => file.Key switch
        {
            Package => -2,
            "manifest.csv" => -1,
            _ => order.GetValueOrDefault(file.Key, int.MaxValue),
        });
        foreach (var file in counts)
        {
            yield return "";
            yield return file.Key;
            foreach (var line in Lines(file, [.. report.Findings.Where(finding => (finding.File ?? Package) == file.Key)]))
                yield return line;
        }

        yield return "";
        yield return Invariant($"{Count(report.Errors, "error")}, {Count(report.Warnings, "warning")} in {Count(report.Rows, "row")}.");
    }

    private static IEnumerable<string> Lines(IEnumerable<ValidationCount> counts, IReadOnlyList<ValidationFinding> findings)
    {
        var places = findings.Select(PlaceOf).ToList();
        var (place, rule) = (places.DefaultIfEmpty("").Max(text => text.Length), findings.Select(finding => finding.Rule.Id.Length).DefaultIfEmpty().Max());
        foreach (var (finding, at) in findings.Zip(places).OrderBy(found => found.First.Line ?? 0))
            yield return $"  {NameOf(finding.Severity),-7}  {at.PadRight(place)}  {finding.Rule.Id.PadRight(rule)}  {finding.Fix}";
        foreach (var count in counts)
            if (count.Count - findings.Count(finding => finding.Rule == count.Rule && finding.Severity == count.Severity) is > 0 and var more)
                yield return Invariant($"  {NameOf(count.Severity),-7}  and {more:N0} more of {count.Rule.Id}");
    }

    /// <summary><c>users.csv:6:givenName</c>, as editors jump to.</summary>
    private static string PlaceOf(ValidationFinding finding) =>
        string.Join(':', new[] { finding.File ?? Package, finding.Line?.ToString(CultureInfo.InvariantCulture), finding.Column }.Where(part => part is not null));

    private static string NameOf(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Error => "error",
        RuleSeverity.Warning => "warning",
        _ => "info",
    };

    private static string Count(long count, string one) => Invariant($"{count:N0} {one}{(count == 1 ? "" : "s")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
