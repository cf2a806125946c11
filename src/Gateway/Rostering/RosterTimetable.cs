using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Rostering;

/// <summary>When a district's roster runs.</summary>
/// <param name="Schedule">The cron expression, in the district's time zone.</param>
/// <param name="RetryUntil">Until when, on the district's clock, a source that does not answer is tried again.</param>
/// <param name="NextAt">When the schedule comes due next.</param>
/// <param name="Retry">How further tries stand; null when there are none.</param>
/// <param name="Pauses">The window of today and those to come.</param>
internal sealed record RosterTimes(string Schedule, TimeOnly RetryUntil, DateTimeOffset? NextAt, RosterRetry? Retry, IReadOnlyList<RosterPause> Pauses);

/// <summary>Shows and changes when a connected district's roster runs .</summary>
internal sealed class RosterTimetable(GatewayDatabase database, IRosterSchedules schedules, IRosterTimers timers, RosterRetries retries, RosterPauses pauses)
{
    /// <summary>Sets what is given and leaves the rest.</summary>
    /// <param name="district">The district's number.</param>
    /// <param name="cron">A cron expression with seconds, or null.</param>
    /// <param name="retryUntil">A time of day, or null.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<Outcome<RosterTimes>> SetAsync(int district, string? cron, TimeOnly? retryUntil, CancellationToken cancellation)
    {
        if (cron is not null && !schedules.IsValid(cron))
            return new Failure("roster.schedule_invalid", "--cron must be a cron expression with seconds, such as '0 15 3 * * ?' for 03:15 every night.");
        var known = await database.InDistrictAsync(district, async session =>
        {
            if (await session.Model.RosterSources.SingleOrDefaultAsync(source => source.DistrictId == district, cancellation) is not { } source)
                return false;
            source.Schedule = cron ?? source.Schedule;
            source.RetryUntil = retryUntil ?? source.RetryUntil;
            await session.Model.SaveChangesAsync(cancellation);
            return true;
        }, cancellation);
        if (!known)
            return RosterMessages.Failure(RosterCodes.NotConnected);
        await schedules.SyncAsync(district, cancellation);
        return (await FindAsync(district, cancellation))!;
    }

    /// <summary>Null for a district without a roster source.</summary>
    public async Task<RosterTimes?> FindAsync(int district, CancellationToken cancellation)
    {
        var source = await database.InDistrictAsync(
            district, session => session.Model.RosterSources.AsNoTracking().SingleOrDefaultAsync(known => known.DistrictId == district, cancellation), cancellation);
        return source is null ? null : new RosterTimes(
            source.Schedule, source.RetryUntil ?? Schedules.RetryTimes.Morning, await timers.NextRunAsync(district, cancellation),
            await retries.FindAsync(district, cancellation), await pauses.ListAsync(district, cancellation));
    }
}
