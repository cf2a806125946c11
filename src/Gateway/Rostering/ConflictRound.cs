using System.Globalization;
using Gateway.Alerts;
using Gateway.Districts;
using Gateway.Hosting;
using Gateway.Privacy;
using Gateway.Rostering.Alerts;
using Gateway.Rostering.Schedules;
using Gateway.Storage;
using Microsoft.Extensions.Options;

namespace Gateway.Rostering;

/// <summary>
/// Tells of identity conflicts that are new (T-1): the audit trail within a minute, the district's administrator in one mail a day at most.
/// Numbers of conflicts and counts by reason; no learner's number leaves the database this way.
/// </summary>
internal sealed class ConflictRound(
    GatewayDatabase database, DistrictDirectory districts, AlertRows rows, AuditTrail trail, IOptions<GatewayOptions> options, TimeProvider time)
{
    private const string Kind = "conflicts";

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var number in await UntoldAsync(cancellation))
        {
            var district = await districts.GetAsync(number, cancellation);
            var place = AlertPlace.Of(district.Slug, district.TimeZone, options.Value);
            await database.InDistrictAsync(number, session => TellAsync(session, place, cancellation), cancellation);
        }
    }

    private async Task TellAsync(DistrictSession session, AlertPlace place, CancellationToken cancellation)
    {
        if (await TakeAsync(session, "audited", cancellation) is { Count: > 0 } found)
        {
            var details = ByReason(found).ToDictionary(reason => reason.Name, reason => Text(reason.Count), StringComparer.Ordinal);
            details["first"] = Text(found.Min(one => one.Number));
            details["last"] = Text(found.Max(one => one.Number));
            await trail.AppendAsync(session, new AuditEntry(AuditEntry.Gateway, "people.conflicts", details), cancellation);
        }

        var today = LocalTime.DayAt(place.Zone, time.GetUtcNow()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (await AlertRows.ExistsAsync(session, Kind, today, cancellation) || await TakeAsync(session, "told", cancellation) is not { Count: > 0 } told)
            return;
        await rows.AddAsync(session, Kind, today, ConflictAlertText.Of(place, ByReason(told)), cancellation);
    }

    // Marks what nobody was told of; another replica that looks now waits, and then finds nothing.
    private static async Task<List<(long Number, string Reason)>> TakeAsync(DistrictSession session, string mark, CancellationToken cancellation)
    {
        await using var take = session.Command($"update gateway.learner_conflict set {mark} = true where district_id = @district and not {mark} returning id, reason");
        take.Parameters.AddWithValue("district", session.District);
        var taken = new List<(long, string)>();
        await using var reader = await take.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            taken.Add((reader.GetInt64(0), reader.GetString(1)));
        return taken;
    }

    private async Task<List<int>> UntoldAsync(CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select district from gateway.untold_conflicts() as district order by district");
        var untold = new List<int>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            untold.Add(reader.GetInt32(0));
        return untold;
    }

    private static List<NamedCount> ByReason(IReadOnlyList<(long Number, string Reason)> conflicts) =>
        [.. conflicts.GroupBy(one => one.Reason).Select(reason => new NamedCount(reason.Key, reason.Count())).OrderBy(reason => reason.Name, StringComparer.Ordinal)];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
