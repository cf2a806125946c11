using System.Globalization;
using Gateway.Rostering;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Gateway.Jobs;

/// <summary>
/// A job and a cron trigger per district, in the district's time zone. All that the store holds of a district is its number.
/// </summary>
internal sealed class RosterSchedules(GatewayDatabase database, ISchedulerFactory schedulers) : IRosterSchedules, IRosterTimers
{
    private const string Group = "rosters";
    private const string RetryGroup = "roster-retries";

    public bool IsValid(string cron) =>
        CronExpression.TryParse(cron, out var expression) && expression.GetNextValidTimeAfter(DateTimeOffset.UnixEpoch.AddYears(60)) is not null;

    public async Task SyncAsync(int district, CancellationToken cancellation)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        var job = KeyOf(district);
        if (await ScheduleOfAsync(district, cancellation) is not var (cron, zone))
        {
            await scheduler.DeleteJob(job, cancellation);
            return;
        }

        // A trigger that is right already is left alone: replacing it would forget that it is overdue.
        var trigger = new TriggerKey(job.Name, Group);
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        if (await scheduler.GetTrigger(trigger, cancellation) is ICronTrigger known
            && known.CronExpressionString == cron && known.TimeZone.Id == timeZone.Id)
            return;

        await scheduler.ScheduleJob(
            JobBuilder.Create<RosterJob>().WithIdentity(job).StoreDurably().RequestRecovery().Build(),
            TriggerBuilder.Create().WithIdentity(trigger).ForJob(job)
                .WithSchedule(CronScheduleBuilder.Create(cron).InTimeZone(timeZone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
                .Build(),
            ScheduleJobOptions.Replacing,
            cancellation);
    }

    public async Task SyncAllAsync(CancellationToken cancellation)
    {
        List<int> districts;
        await using (var context = database.Open())
            districts = await context.Districts.Select(district => district.Id).ToListAsync(cancellation);
        foreach (var district in districts)
            await SyncAsync(district, cancellation);

        var scheduler = await schedulers.GetScheduler(cancellation);
        var kept = districts.Select(KeyOf).ToHashSet();
        foreach (var job in await KeysAsync(scheduler, cancellation))
            if (!kept.Contains(job))
                await scheduler.DeleteJob(job, cancellation);
    }

    public async Task<bool> RunNowAsync(int district, CancellationToken cancellation)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        if (!await scheduler.Exists(KeyOf(district), cancellation))
            return false;
        await scheduler.TriggerJob(KeyOf(district), null, cancellation);
        return true;
    }

    public async Task TryAgainAtAsync(int district, DateTimeOffset instant, CancellationToken cancellation)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        var key = RetryOf(district);
        // One that comes due while no gateway runs is made up for at the next start.
        var trigger = TriggerBuilder.Create().WithIdentity(key).ForJob(KeyOf(district)).StartAt(instant)
            .WithSchedule(SimpleScheduleBuilder.Create().WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
            .Build();
        if (await scheduler.RescheduleJob(key, trigger, cancellation) is null)
            await scheduler.ScheduleJob(trigger, ScheduleJobOptions.Replacing, cancellation);
    }

    public async Task ForgetRetryAsync(int district, CancellationToken cancellation) =>
        await (await schedulers.GetScheduler(cancellation)).UnscheduleJob(RetryOf(district), cancellation);

    public async Task<DateTimeOffset?> NextRunAsync(int district, CancellationToken cancellation)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        var trigger = await scheduler.GetTrigger(new TriggerKey(KeyOf(district).Name, Group), cancellation);
        return trigger?.NextFireTimeUtc;
    }

    public static bool IsRetry(TriggerKey trigger) => trigger.Group == RetryGroup;

    public static int DistrictOf(JobKey job) => int.Parse(job.Name, CultureInfo.InvariantCulture);

    private static JobKey KeyOf(int district) => new(district.ToString(CultureInfo.InvariantCulture), Group);

    private static TriggerKey RetryOf(int district) => new(KeyOf(district).Name, RetryGroup);

    private async Task<(string Cron, string Zone)?> ScheduleOfAsync(int district, CancellationToken cancellation) =>
        await database.InDistrictAsync<(string, string)?>(district, async session =>
        {
            var found = await session.Model.RosterSources.Where(source => source.DistrictId == district)
                .Join(session.Model.Districts, source => source.DistrictId, owner => owner.Id, (source, owner) => new { source.Schedule, owner.TimeZone })
                .SingleOrDefaultAsync(cancellation);
            return found is null ? null : (found.Schedule, found.TimeZone);
        }, cancellation);

    private static async Task<IReadOnlyList<JobKey>> KeysAsync(IScheduler scheduler, CancellationToken cancellation) =>
        [.. (await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(Group), cancellation))];
}
