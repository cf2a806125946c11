using System.Globalization;
using Gateway.Alerts;
using Gateway.Districts;
using Gateway.Hosting;
using Gateway.Rostering.Alerts;
using Gateway.Rostering.Schedules;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Rostering;

/// <summary>
/// What a district's administrator is told, each event once: written down here, sent by whichever replica comes to it. Counts,
/// codes, dates and the district's slug; no name.
/// </summary>
internal sealed class RosterAlerts(GatewayDatabase database, DistrictDirectory districts, AlertRows rows, IOptions<GatewayOptions> options, TimeProvider time)
{
    private const string FailedKind = "failed";
    private const string WaitingKind = "waiting";
    private const string OverdueKind = "overdue";
    private const string DigestKind = "digest";
    private static readonly TimeSpan Patience = TimeSpan.FromHours(36);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>When the week is told, on the district's clock, on a Monday.</summary>
    private static readonly TimeOnly DigestTime = new(7, 0);

    /// <summary>The latest alerts, the newest first, sent or not.</summary>
    public Task<List<RosterAlert>> ListAsync(int district, int limit, CancellationToken cancellation) => rows.ListAsync(district, limit, cancellation);

    /// <summary>A run failed, and no further try follows.</summary>
    public async Task FailedAsync(int district, long? run, string code, int tries, DateTimeOffset beganAt, CancellationToken cancellation)
    {
        var text = RosterAlertText.Failed(await PlaceAsync(district, cancellation), run, code, tries, beganAt);
        var @event = run?.ToString(CultureInfo.InvariantCulture) ?? beganAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        await database.InDistrictAsync(district, session => rows.AddAsync(session, FailedKind, @event, text, cancellation), cancellation);
    }

    /// <summary>A run waits for a person.</summary>
    public async Task WaitingAsync(int district, long run, CancellationToken cancellation)
    {
        var place = await PlaceAsync(district, cancellation);
        await database.InDistrictAsync(district, async session => await rows.AddAsync(
            session, WaitingKind, run.ToString(CultureInfo.InvariantCulture),
            RosterAlertText.Waiting(place, run, await RosterFigures.OfRunAsync(session, run, cancellation)), cancellation), cancellation);
    }

    /// <summary>Tells once a day that there was no success for 36 hours, until there is one.</summary>
    /// <param name="district">The district's number.</param>
    /// <param name="connectedAt">Since when the district has its source.</param>
    /// <param name="lastSuccess">When the latest successful run ended.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task OverdueAsync(int district, DateTimeOffset connectedAt, DateTimeOffset? lastSuccess, CancellationToken cancellation)
    {
        var since = lastSuccess > connectedAt ? lastSuccess.Value : connectedAt;
        var late = time.GetUtcNow() - since - Patience;
        if (late < TimeSpan.Zero)
            return;
        // The same on every replica: since when, and the how manieth day of it.
        var @event = string.Create(CultureInfo.InvariantCulture, $"{since.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}+{late.Ticks / Day.Ticks}");
        var place = await PlaceAsync(district, cancellation);
        await database.InDistrictAsync(district, async session =>
        {
            if (await AlertRows.ExistsAsync(session, OverdueKind, @event, cancellation))
                return;
            var lastCode = await session.Model.RosterRuns.Where(run => !run.DryRun).OrderByDescending(run => run.Id).Select(run => run.Code).FirstOrDefaultAsync(cancellation);
            await rows.AddAsync(session, OverdueKind, @event, RosterAlertText.Overdue(place, lastSuccess, lastCode), cancellation);
        }, cancellation);
    }

    /// <summary>Tells the week, from Monday 07:00 on; what was not told by the evening is not told any more.</summary>
    public async Task DigestAsync(int district, DateTimeOffset connectedAt, CancellationToken cancellation)
    {
        var place = await PlaceAsync(district, cancellation);
        var now = time.GetUtcNow();
        var today = LocalTime.DayAt(place.Zone, now);
        var due = LocalTime.InstantOf(place.Zone, today, DigestTime);
        if (today.DayOfWeek != DayOfWeek.Monday || now < due || connectedAt > due)
            return;
        var @event = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await database.InDistrictAsync(district, async session =>
        {
            // Without a contact a digest would only be dropped.
            if (!await session.Model.DistrictContacts.AnyAsync(cancellation) || await AlertRows.ExistsAsync(session, DigestKind, @event, cancellation))
                return;
            var from = LocalTime.InstantOf(place.Zone, today.AddDays(-7), DigestTime);
            await rows.AddAsync(session, DigestKind, @event, RosterAlertText.Digest(place, await RosterFigures.OfWeekAsync(session, from, today, cancellation)), cancellation);
        }, cancellation);
    }

    private async Task<AlertPlace> PlaceAsync(int district, CancellationToken cancellation)
    {
        var owner = await districts.GetAsync(district, cancellation);
        return AlertPlace.Of(owner.Slug, owner.TimeZone, options.Value);
    }
}
