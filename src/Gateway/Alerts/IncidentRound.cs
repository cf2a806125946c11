using System.Globalization;
using Gateway.Districts;
using Gateway.Hosting;
using Gateway.Mail;
using Gateway.Privacy;
using Gateway.Storage;
using Microsoft.Extensions.Options;

namespace Gateway.Alerts;

/// <summary>
/// Tells of incidents (P-5.7): the district's administrator and the operator, the first of a kind at once, further ones together, one mail
/// a kind and hour, of some kinds a day. What was told is in the audit trail.
/// </summary>
internal sealed class IncidentRound(
    GatewayDatabase database, FindDistrict districts, AlertRows rows, AuditTrail trail, IOptions<GatewayOptions> options, TimeProvider time)
{
    private const string Kind = "incident";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var untold = await UntoldAsync(cancellation);
        if (untold.Count == 0)
            return;
        var known = (await districts.AllAsync(cancellation)).ToDictionary(district => district.Id);
        foreach (var (number, kind) in untold)
        {
            var place = known.TryGetValue(number, out var district)
                ? AlertPlace.Of(district.Slug, district.TimeZone, options.Value)
                : AlertPlace.OfGateway(options.Value);
            if (await TellAsync(number, kind, place, cancellation) is { } told && number == GatewayDatabase.Own && kind.ConcernsAll)
                foreach (var other in known.Values)
                    await database.InDistrictAsync(other.Id, session => rows.AddAsync(session, Kind, told.Event, told.Text, cancellation), cancellation);
        }
    }

    /// <returns>Null: another replica told of it.</returns>
    private Task<Told?> TellAsync(int number, IncidentKind kind, AlertPlace place, CancellationToken cancellation) => database.InDistrictAsync<Told?>(number, async session =>
    {
        if (await TakeAsync(session, kind, cancellation) is not { } taken)
            return null;
        var text = TextOf(place, kind, taken);
        var @event = $"{kind.Name} {taken.First.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}";
        if (number != GatewayDatabase.Own)
            await rows.AddAsync(session, Kind, @event, text, cancellation);
        if (EmailAddress.Parse(options.Value.OperatorEmail) is not null)
            await rows.AddAsync(session, Kind, @event, text, cancellation, AlertRecipient.Operator);
        await trail.AppendAsync(session, AuditEntry.ByGateway($"incident.{kind.Name}", ("count", taken.Count.ToString(CultureInfo.InvariantCulture))), cancellation);
        return new Told(@event, text);
    }, cancellation);

    private async Task<Taken?> TakeAsync(DistrictSession session, IncidentKind kind, CancellationToken cancellation)
    {
        await using var take = session.Command("""
            with due as (
              select i.untold, i.first_at, i.last_at from gateway.incident i
              where i.district_id = @district and i.kind = @kind and i.untold > 0 and (i.told_at is null or i.told_at <= @now - @every) for update)
            update gateway.incident i set untold = 0, told_at = @now from due
            where i.district_id = @district and i.kind = @kind
            returning due.untold, due.first_at, due.last_at
            """);
        take.Parameters.AddWithValue("district", session.District);
        take.Parameters.AddWithValue("kind", kind.Name);
        take.Parameters.AddWithValue("now", time.GetUtcNow());
        take.Parameters.AddWithValue("every", kind.ToldEvery);
        await using var reader = await take.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Taken(reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2))
            : null;
    }

    private async Task<List<(int District, IncidentKind Kind)>> UntoldAsync(CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select district_id, kind from gateway.untold_incidents($1)");
        command.Parameters.Add(new Npgsql.NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        var untold = new List<(int, IncidentKind)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            untold.Add((reader.GetInt32(0), IncidentKind.Of(reader.GetString(1))));
        return untold;
    }

    private static AlertText TextOf(AlertPlace place, IncidentKind kind, Taken taken) => AlertText.Of(
        place,
        kind.Subject,
        [
            .. kind.Says,
            "",
            string.Create(CultureInfo.InvariantCulture, $"incident  {kind.Name}"),
            string.Create(CultureInfo.InvariantCulture, $"count     {taken.Count}, from {place.Local(taken.First)} to {place.Local(taken.Last)}"),
        ],
        place.Slug == "gateway" ? "gateway audit list" : $"gateway audit list {place.Slug}");

    private sealed record Taken(int Count, DateTimeOffset First, DateTimeOffset Last);

    private sealed record Told(string Event, AlertText Text);
}
