using Gateway.Privacy;
using Gateway.Rostering.Schedules;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Rostering;

/// <summary>
/// Windows in which a district's scheduled runs only add: they change and end nothing: in summer and while a SIS rolls over to the new year its
/// export is empty or half, and nobody may lose access for that.
/// </summary>
internal sealed class RosterPauses(GatewayDatabase database, AuditTrail trail, TimeProvider time)
{
    private const int LongestDays = 200;
    public static readonly IReadOnlyList<string> Reasons = ["summer", "rollover"];

    /// <param name="district">The district's number.</param>
    /// <param name="first">The first day, in the district's calendar.</param>
    /// <param name="last">The last day, included.</param>
    /// <param name="reason"><c>summer</c> or <c>rollover</c>.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<Outcome<RosterPause>> AddAsync(int district, DateOnly first, DateOnly last, string reason, CancellationToken cancellation)
    {
        var today = await database.InDistrictAsync(district, session => TodayAsync(session, cancellation), cancellation);
        if (Check(first, last, reason, today) is { Count: > 0 } failures)
            return Outcome<RosterPause>.Failed(failures);
        var pause = new RosterPause { DistrictId = district, FirstDay = first, LastDay = last, Reason = reason, CreatedAt = time.GetUtcNow() };
        await database.InDistrictAsync(district, async session =>
        {
            session.Model.RosterPauses.Add(pause);
            await session.Model.SaveChangesAsync(cancellation);
            await trail.AppendAsync(session, AuditEntry.ByOperator("roster.paused", ("from", first.ToString("O")), ("to", last.ToString("O")), ("reason", reason)), cancellation);
        }, cancellation);
        return pause;
    }

    /// <summary>Ends the windows of today and those to come; past ones stay.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> ResumeAsync(int district, CancellationToken cancellation) => database.InDistrictAsync(district, async session =>
    {
        var today = await TodayAsync(session, cancellation);
        var open = session.Model.RosterPauses.Where(pause => pause.DistrictId == district && pause.LastDay >= today);
        var ended = await open.Where(pause => pause.FirstDay < today).ExecuteUpdateAsync(set => set.SetProperty(pause => pause.LastDay, today.AddDays(-1)), cancellation)
            + await open.Where(pause => pause.FirstDay >= today).ExecuteDeleteAsync(cancellation);
        if (ended > 0)
            await trail.AppendAsync(session, AuditEntry.ByOperator("roster.resumed"), cancellation);
        return ended;
    }, cancellation);

    /// <summary>The window of today and those to come, the earliest first.</summary>
    public Task<List<RosterPause>> ListAsync(int district, CancellationToken cancellation) => database.InDistrictAsync(district, async session =>
    {
        var today = await TodayAsync(session, cancellation);
        return await session.Model.RosterPauses.AsNoTracking()
            .Where(pause => pause.DistrictId == district && pause.LastDay >= today).OrderBy(pause => pause.FirstDay).ToListAsync(cancellation);
    }, cancellation);

    /// <summary>Whether today, in the district's time zone, lies in a window.</summary>
    public async Task<bool> ApplyTodayAsync(int district, CancellationToken cancellation) => await database.InDistrictAsync(district, async session =>
    {
        var today = await TodayAsync(session, cancellation);
        return await session.Model.RosterPauses.AnyAsync(
            pause => pause.DistrictId == district && pause.FirstDay <= today && pause.LastDay >= today, cancellation);
    }, cancellation);

    private static List<Failure> Check(DateOnly first, DateOnly last, string reason, DateOnly today)
    {
        var failures = new List<Failure>();
        if (last < first)
            failures.Add(new("roster.pause_backwards", "--to must not be before --from."));
        else if (last < today)
            failures.Add(new("roster.pause_past", "--to is past already."));
        if (last.DayNumber - first.DayNumber >= LongestDays)
            failures.Add(new("roster.pause_too_long", $"A pause is {LongestDays} days at most: nobody who left loses access while it lasts."));
        if (!Reasons.Contains(reason))
            failures.Add(new("roster.pause_reason_unknown", "--reason must be summer or rollover."));
        return failures;
    }

    private async Task<DateOnly> TodayAsync(DistrictSession session, CancellationToken cancellation)
    {
        var zone = await session.Model.Districts.Where(district => district.Id == session.District).Select(district => district.TimeZone).SingleAsync(cancellation);
        return LocalTime.DayAt(TimeZoneInfo.FindSystemTimeZoneById(zone), time.GetUtcNow());
    }
}
