using System.Globalization;
using Gateway.Alerts;
using Gateway.Districts;
using Gateway.Hosting;
using Gateway.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gateway.Grades;

/// <summary>
/// Tells each district's administrator, from seven in the morning and once a day, how many scores were parked since the mail before, by
/// code. Counts alone.
/// </summary>
internal sealed class ParkedScoreRound(GatewayDatabase database, FindDistrict districts, AlertRows rows, IOptions<GatewayOptions> options, TimeProvider time)
{
    private const string Kind = "scores";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var untold = await UntoldAsync(cancellation);
        if (untold.Count == 0)
            return;
        var known = (await districts.AllAsync(cancellation)).ToDictionary(district => district.Id);
        foreach (var (number, counts) in untold.GroupBy(count => count.District).Select(group => (group.Key, group.ToList())))
        {
            if (!known.TryGetValue(number, out var district))
                continue;
            var text = TextOf(AlertPlace.Of(district.Slug, district.TimeZone, options.Value), counts);
            var @event = counts[0].Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await database.InDistrictAsync(number, session => rows.AddAsync(session, Kind, @event, text, cancellation), cancellation);
        }
    }

    private static AlertText TextOf(AlertPlace place, List<ParkedCount> counts) => AlertText.Of(
        place,
        counts.Sum(count => count.Scores) is var all && all == 1 ? "1 score did not reach the gradebook" : string.Create(CultureInfo.InvariantCulture, $"{all} scores did not reach the gradebook"),
        [
            "The platform refused them, or did not take them for a week. They are parked: after the cause is mended they can be handed in again,",
            "within 30 days.",
            "",
            .. counts.Select(count => string.Create(
                CultureInfo.InvariantCulture, $"{count.Scores,6}  {count.Code}{(count.Status is { } status ? $"  HTTP {status.ToString(CultureInfo.InvariantCulture)}" : "")}")),
        ],
        $"gateway score list {place.Slug} --state {ScoreState.Parked}");

    private async Task<List<ParkedCount>> UntoldAsync(CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select district_id, day, code, platform_status, scores from gateway.untold_parked_scores($1)");
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        var untold = new List<ParkedCount>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            untold.Add(new ParkedCount(
                reader.GetInt32(0), reader.GetFieldValue<DateOnly>(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetInt32(3), reader.GetInt64(4)));
        return untold;
    }

    private sealed record ParkedCount(int District, DateOnly Day, string Code, int? Status, long Scores);
}
