using System.Globalization;
using Gateway.Alerts;

namespace Gateway.Rostering.Alerts;

/// <summary>What is told of rosters.</summary>
internal static class RosterAlertText
{
    public static AlertText Failed(AlertPlace place, long? run, string code, int tries, DateTimeOffset beganAt) => AlertText.Of(
        place,
        $"roster failed, {code}",
        [
            run is null ? "The roster could not be brought in." : Line($"The roster could not be brought in (run {run})."),
            "Nothing was changed: what was there before stays.",
            "",
            Line($"code   {code}"),
            Line($"tries  {tries}, since {place.Local(beganAt)}"),
        ],
        $"gateway roster runs {place.Slug}");

    public static AlertText Waiting(AlertPlace place, long run, RosterComparison comparison) => AlertText.Of(
        place,
        Line($"roster run {run} waits for approval"),
        [
            "A run would change more than this district lets it change by itself. Nothing was changed or removed; a person has to decide.",
            "",
            "            before      after      added    changed    removed",
            .. comparison.Types.Select(t => Line($"{t.Entity,-10} {t.Before,7}    {t.After,7}    {t.Added,7}    {t.Changed,7}    {t.Removed,7}")),
            .. comparison.People is { } people ? [Line($"people of {people.Of}: {people.Merged} would become one with another, {people.Split} would be several again")] : Array.Empty<string>(),
            "",
            .. comparison.Reasons.Select(reason => Line($"{reason.Code}  {reason.Subject}{Measure(reason)}")),
        ],
        Line($"gateway roster approve {place.Slug} --run {run}"));

    public static AlertText Overdue(AlertPlace place, DateTimeOffset? lastSuccess, string? lastCode) => AlertText.Of(
        place,
        "no roster in 36 hours",
        [
            lastSuccess is { } at ? Line($"The latest successful run ended {place.Local(at)}.") : "There was no successful run since the roster was connected.",
            "What the engine sees grows old. This is told once a day until a run succeeds.",
            .. lastCode is null ? Array.Empty<string>() : ["", Line($"latest code  {lastCode}")],
        ],
        $"gateway roster runs {place.Slug}");

    public static AlertText Digest(AlertPlace place, WeekFigures week) => AlertText.Of(
        place,
        "roster, the week",
        [
            Line($"runs      {Listed(week.Runs)}"),
            Line($"waiting   {week.Waiting}"),
            Line($"rows      {Listed(week.Rows)} (latest successful run)"),
            Line($"changes   {Listed(week.Changes)}"),
            Line($"findings  {Listed(week.Findings)}"),
            .. week.Pauses.Select(pause => Line($"pause     {pause.FirstDay:yyyy-MM-dd} to {pause.LastDay:yyyy-MM-dd}, {pause.Reason}: additions only")),
        ],
        $"gateway roster runs {place.Slug}");

    private static string Measure(RosterWaitReason reason) => reason switch
    {
        { Count: { } count, Most: { } most } => Line($"  {count}, {reason.Percent:0.##} % where {most} and {reason.Limit:0.##} % are allowed"),
        { Percent: { } percent } => Line($"  {percent:0.##} % where {reason.Limit:0.##} % is allowed"),
        _ => "",
    };

    private static string Listed(IReadOnlyList<NamedCount> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.Select(count => Line($"{count.Name} {count.Count}")));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
