using System.Globalization;
using System.Text.Json;
using Gateway.Rostering;

namespace Gateway.Commands;

/// <summary>What came of a roster run, for people: counts, findings, before and after, and what to do.</summary>
internal static class RosterReport
{
    private static readonly Dictionary<string, string> Plural = new()
    {
        ["school"] = "schools",
        ["term"] = "terms",
        ["class"] = "classes",
        ["learner"] = "people",
        ["user"] = "users",
        ["enrollment"] = "enrollments",
    };

    public static IEnumerable<string> LinesOf(RosterRunOutcome run, string district)
    {
        yield return $"rows read: {Join(run.Rows.Select(r => $"{r.Key} {Number(r.Value)}"))}";
        if (run.LeftOut.Any(left => left.Value > 0))
            yield return $"not taken in by the district's settings: {Join(run.LeftOut.Where(left => left.Value > 0).Select(left => $"{left.Key} {Number(left.Value)}"))}";
        yield return $"changes{(run.State == RosterRunState.Checked ? " (not applied)" : run.State == RosterRunState.Waiting ? " that wait" : "")}: {Join(run.Changes.Select(c => $"{c.Entity} {c.Kind} {c.Count}"))}";
        if (run.SameAs is { } compared)
            yield return $"the same roster as in run {compared}, and nobody changed anything since: there was nothing to compare";
        foreach (var f in run.Findings)
            yield return $"{f.Severity} {f.Rule}: {f.Collection} {f.Field} {(f.FirstLine is { } line ? $"first at line {line}, " : "")}{f.Count} rows";
        if (run.Comparison is not { } comparison || (run.State == RosterRunState.Applied && comparison.Reasons.Count == 0))
            yield break;
        foreach (var line in TableOf(comparison))
            yield return line;
        if (run.State == RosterRunState.Waiting)
        {
            yield return "";
            yield return $"Run {run.RunId} waits for a person. If the source is right: `roster approve {district} --run {run.RunId}`.";
            yield return "If it is not: mend the export and run the roster again; the waiting run is then replaced.";
        }
    }

    /// <summary>One run in the list.</summary>
    public static string LineOf(RosterRunReport report)
    {
        var run = report.Run;
        var progress = run.State == "running"
            ? $" {run.Phase}{(run.Steps > 0 ? $" step {run.Step} of {run.Steps}" : "")}{(run.RowsPerSecond is { } rate ? $" {Number(rate)} rows/s" : "")}{(run.SecondsLeft is { } left ? $" about {left} s left" : "")}"
            : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{run.Id,5} {run.StartedAt:yyyy-MM-dd HH:mm:ss}Z {run.Trigger,-8} {run.State,-8}{progress} {run.Code} rows {run.Rows} changes {run.Changes} findings {report.Findings.Sum(f => f.Count)}");
    }

    /// <summary>One run in full.</summary>
    public static IEnumerable<string> PageOf(RosterRunReport report)
    {
        yield return LineOf(report);
        if (report.Run.SameAs is { } compared)
            yield return $"  the same roster as in run {compared}";
        foreach (var phase in JsonSerializer.Deserialize<List<RosterPhaseTime>>(report.Run.Phases, JsonSerializerOptions.Web)!)
            yield return string.Create(CultureInfo.InvariantCulture, $"  {phase.Name,-10} {phase.Seconds:0.0} s");
        foreach (var f in report.Findings)
            yield return $"  {f.Severity} {f.Rule}: {f.Collection} {f.Field} {(f.FirstLine is { } line ? $"first at line {line}, " : "")}{f.Count} rows";
        if (RosterComparison.FromJson(report.Run.Comparison) is { } comparison)
            foreach (var line in TableOf(comparison))
                yield return line;
    }

    private static IEnumerable<string> TableOf(RosterComparison comparison)
    {
        yield return "";
        yield return $"{"",-12}{"before",12}{"after",12}{"added",12}{"changed",12}{"removed",12}";
        foreach (var type in comparison.Types)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{Plural[type.Entity],-12}{type.Before,12:N0}{type.After,12:N0}{type.Added,12:N0}{type.Changed,12:N0}{type.Removed,12:N0}{(type.Removed > 0 ? $"   {type.RemovedPercent:0.0} % removed" : "")}");
        if (comparison.People is { } people)
            yield return $"Of {Number(people.Of)} users {Number(people.Merged)} would become one with another, and {Number(people.Split)} that a roster made one would be several again.";
        foreach (var school in comparison.Schools)
            yield return $"{Number(school.ClassesRemoved)} of {Number(school.ClassesBefore)} classes of school {school.School} would go.";
        foreach (var reason in comparison.Reasons)
            yield return $"{reason.Code}: {RosterMessages.Failure(reason.Code).Message} ({Subject(reason)})";
    }

    private static string Subject(RosterWaitReason reason)
    {
        var subject = Plural.GetValueOrDefault(reason.Subject, reason.Subject);
        if (reason is { Count: { } count, Most: { } most })
            return string.Create(CultureInfo.InvariantCulture, $"{count:N0} of the {subject}, {reason.Percent:0.##} %, where {most:N0} and {reason.Limit:0.##} % are allowed");
        return reason.Percent is { } percent
            ? string.Create(CultureInfo.InvariantCulture, $"{subject}: {percent:0.##} % where {reason.Limit:0.##} % is allowed")
            : subject;
    }

    private static string Join(IEnumerable<string> parts) => string.Join(", ", parts) is { Length: > 0 } text ? text : "none";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
