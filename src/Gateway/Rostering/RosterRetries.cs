using Gateway.Districts;
using Gateway.Rostering.Schedules;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Rostering;

/// <summary>
/// What follows a scheduled run: nothing after a success; after a failure that may mend itself another try, until the district's
/// morning; a report when it is given up, and at once when no try can help.
/// </summary>
internal sealed class RosterRetries(
    GatewayDatabase database, IRosterTimers timers, DistrictDirectory districts, RosterAlerts alerts, TimeProvider time, ILogger<RosterRetries> logger)
{
    /// <param name="district">The district's number.</param>
    /// <param name="run">The run's number in the history, if it has one.</param>
    /// <param name="code">Why it failed; null when it did not.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task FollowUpAsync(int district, long? run, string? code, CancellationToken cancellation)
    {
        var series = await FindAsync(district, cancellation);
        if (code is null)
        {
            await EndAsync(district, series, cancellation);
            return;
        }

        var now = time.GetUtcNow();
        var beganAt = series?.BeganAt ?? now;
        if (RetryableFailures.Contains(code) && await NextAsync(district, now, beganAt, series?.Attempts ?? 0, cancellation) is { } next)
        {
            // The trigger first: without the row it is one more run, without the trigger the row would wait for nothing.
            await timers.TryAgainAtAsync(district, next, cancellation);
            await SaveAsync(new RosterRetry { DistrictId = district, BeganAt = beganAt, Attempts = (series?.Attempts ?? 0) + 1, NextAt = next, Code = code }, cancellation);
            Log.TryingAgain(logger, district, code, next);
            return;
        }

        await alerts.FailedAsync(district, run, code, (series?.Attempts ?? 0) + 1, beganAt, cancellation);
        await EndAsync(district, series, cancellation);
        Log.GivenUp(logger, district, code);
    }

    /// <summary>Whether a try is not needed any more, because a run of another kind succeeded meanwhile.</summary>
    public async Task<bool> IsMendedAsync(int district, CancellationToken cancellation)
    {
        if (await FindAsync(district, cancellation) is not { } series)
            return false;
        var mended = await database.InDistrictAsync(district, session => session.Model.RosterRuns.AnyAsync(
            run => run.DistrictId == district && run.State == "applied" && !run.DryRun && run.StartedAt > series.BeganAt, cancellation), cancellation);
        if (mended)
            await EndAsync(district, series, cancellation);
        return mended;
    }

    /// <summary>How a district's tries stand; null when there are none.</summary>
    public Task<RosterRetry?> FindAsync(int district, CancellationToken cancellation) => database.InDistrictAsync(
        district, session => session.Model.RosterRetries.AsNoTracking().SingleOrDefaultAsync(retry => retry.DistrictId == district, cancellation), cancellation);

    private async Task<DateTimeOffset?> NextAsync(int district, DateTimeOffset now, DateTimeOffset beganAt, int retries, CancellationToken cancellation)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById((await districts.GetAsync(district, cancellation)).TimeZone);
        var until = await database.InDistrictAsync(district, session => session.Model.RosterSources
            .Where(source => source.DistrictId == district).Select(source => source.RetryUntil).SingleOrDefaultAsync(cancellation), cancellation);
        return RetryTimes.Next(now, beganAt, retries, zone, until ?? RetryTimes.Morning);
    }

    private Task SaveAsync(RosterRetry retry, CancellationToken cancellation) => database.InDistrictAsync(retry.DistrictId, async session =>
    {
        await session.Model.RosterRetries.Where(known => known.DistrictId == retry.DistrictId).ExecuteDeleteAsync(cancellation);
        session.Model.RosterRetries.Add(retry);
        await session.Model.SaveChangesAsync(cancellation);
    }, cancellation);

    private async Task EndAsync(int district, RosterRetry? series, CancellationToken cancellation)
    {
        if (series is null)
            return;
        await database.InDistrictAsync(
            district, session => session.Model.RosterRetries.Where(known => known.DistrictId == district).ExecuteDeleteAsync(cancellation), cancellation);
        await timers.ForgetRetryAsync(district, cancellation);
    }
}
