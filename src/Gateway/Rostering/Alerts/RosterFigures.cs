using System.Text.Json;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Rostering.Alerts;

/// <summary>How many of what.</summary>
internal sealed record NamedCount(string Name, long Count);

/// <summary>A district's week in numbers.</summary>
internal sealed record WeekFigures(
    IReadOnlyList<NamedCount> Runs, long Waiting, IReadOnlyList<NamedCount> Rows, IReadOnlyList<NamedCount> Changes, IReadOnlyList<NamedCount> Findings,
    IReadOnlyList<RosterPause> Pauses);

/// <summary>Counts what an alert says, in the sight of one district.</summary>
internal static class RosterFigures
{
    private const int MostRules = 5;

    public static async Task<RosterComparison> OfRunAsync(DistrictSession session, long run, CancellationToken cancellation) =>
        RosterComparison.FromJson(await session.Model.RosterRuns.Where(known => known.Id == run).Select(known => known.Comparison).SingleAsync(cancellation))
        ?? new RosterComparison([], [], []);

    public static async Task<WeekFigures> OfWeekAsync(DistrictSession session, DateTimeOffset from, DateOnly today, CancellationToken cancellation)
    {
        var runs = await session.Model.RosterRuns.AsNoTracking().Where(run => run.StartedAt >= from && !run.DryRun).OrderBy(run => run.Id).ToListAsync(cancellation);
        var numbers = runs.ConvertAll(run => run.Id);
        var rules = await session.Model.RosterFindings.Where(finding => numbers.Contains(finding.RunId))
            .GroupBy(finding => finding.Rule).Select(rule => new { Rule = rule.Key, Count = rule.Sum(finding => finding.Count) })
            .OrderByDescending(rule => rule.Count).ThenBy(rule => rule.Rule).Take(MostRules).ToListAsync(cancellation);
        var rows = runs.LastOrDefault(run => run.State == "applied")?.Rows ?? "{}";
        return new WeekFigures(
            Named(runs.Select(run => (run.State, 1L))),
            await session.Model.RosterRuns.LongCountAsync(run => run.State == "waiting", cancellation),
            Named(JsonSerializer.Deserialize<Dictionary<string, long>>(rows)!.Select(row => (row.Key, row.Value))),
            Named(runs.Where(run => run.State == "applied").SelectMany(run => Changes(run.Changes))
                .SelectMany(entity => entity.Value.Select(kind => ($"{entity.Key} {kind.Key}", kind.Value)))),
            rules.ConvertAll(rule => new NamedCount(rule.Rule, rule.Count)),
            await session.Model.RosterPauses.AsNoTracking().Where(pause => pause.LastDay >= today).OrderBy(pause => pause.FirstDay).ToListAsync(cancellation));
    }

    private static List<NamedCount> Named(IEnumerable<(string Name, long Count)> counts) =>
        [.. counts.GroupBy(count => count.Name).Select(name => new NamedCount(name.Key, name.Sum(count => count.Count))).OrderBy(name => name.Name, StringComparer.Ordinal)];

    private static Dictionary<string, Dictionary<string, long>> Changes(string json) => JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, long>>>(json)!;
}
