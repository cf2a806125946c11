using System.Text.Json;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Rostering.Alerts;

/// <summary>How many of an entity there are, and would be after a run.</summary>
internal sealed record EntityFigures(string Entity, long Before, long Added, long Changed, long Ended)
{
    public long After => Before + Added - Ended;
}

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
    private static readonly string[] Entities = ["school", "term", "class", "learner", "enrollment"];

    public static async Task<IReadOnlyList<EntityFigures>> OfRunAsync(DistrictSession session, long run, CancellationToken cancellation)
    {
        var changes = Changes(await session.Model.RosterRuns.Where(known => known.Id == run).Select(known => known.Changes).SingleAsync(cancellation));
        var figures = new List<EntityFigures>();
        foreach (var entity in Entities)
        {
            var kinds = changes.GetValueOrDefault(entity) ?? [];
            figures.Add(new EntityFigures(
                entity, await CountAsync(session.Model, entity, cancellation), kinds.GetValueOrDefault("added"), kinds.GetValueOrDefault("changed"), kinds.GetValueOrDefault("ended")));
        }

        return figures;
    }

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

    private static Task<long> CountAsync(GatewayDbContext model, string entity, CancellationToken cancellation) => entity switch
    {
        "school" => model.Schools.LongCountAsync(row => row.EndedOn == null, cancellation),
        "term" => model.Terms.LongCountAsync(row => row.EndedOn == null, cancellation),
        "class" => model.Classes.LongCountAsync(row => row.EndedOn == null, cancellation),
        "learner" => model.Learners.LongCountAsync(row => row.OnRoster, cancellation),
        _ => model.Enrollments.LongCountAsync(row => row.EndedOn == null, cancellation),
    };
}
