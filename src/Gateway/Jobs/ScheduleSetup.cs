using Quartz;

namespace Gateway.Jobs;

/// <summary>Brings the stored schedules in line with the districts when the gateway starts to serve.</summary>
internal sealed class ScheduleSetup(RosterSchedules rosters, ISchedulerFactory schedulers, TimeProvider time) : IHostedService
{
    private const string Group = "housekeeping";
    private static readonly TimeSpan BetweenPurges = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenAlertRounds = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenKeyRounds = TimeSpan.FromDays(1);
    private static readonly TimeSpan BetweenAuditRounds = TimeSpan.FromDays(1);
    private static readonly TimeSpan BetweenRetentions = TimeSpan.FromDays(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await rosters.SyncAllAsync(cancellationToken);
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await ScheduleAsync<PurgeJob>(scheduler, "purge-expired", BetweenPurges, cancellationToken);
        await ScheduleAsync<KeyRotationJob>(scheduler, "rotate-keys", BetweenKeyRounds, cancellationToken);
        await ScheduleAsync<WatchJob>(scheduler, "watch-folders", BetweenLooks, cancellationToken);
        await ScheduleAsync<AlertJob>(scheduler, "alerts", BetweenAlertRounds, cancellationToken);
        await ScheduleAsync<AuditJob>(scheduler, "verify-audit", BetweenAuditRounds, cancellationToken, after: TimeSpan.FromHours(1));
        // A day on which no gateway ran is made up for at once: what is due then is due.
        await ScheduleAsync<RetentionJob>(scheduler, "retention", BetweenRetentions, cancellationToken, whenMissed: SimpleTriggerMisfireInstruction.NowWithRemainingCount);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ScheduleAsync<TJob>(
        IScheduler scheduler, string name, TimeSpan interval, CancellationToken cancellation, TimeSpan after = default,
        SimpleTriggerMisfireInstruction whenMissed = SimpleTriggerMisfireInstruction.NextWithRemainingCount)
        where TJob : IJob
    {
        var job = new JobKey(name, Group);
        if (await scheduler.Exists(job, cancellation))
            return;
        await scheduler.ScheduleJob(
            JobBuilder.Create<TJob>().WithIdentity(job).StoreDurably().Build(),
            TriggerBuilder.Create().WithIdentity(job.Name, Group).ForJob(job).StartAt(time.GetUtcNow() + after)
                .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(interval).RepeatForever()
                    .WithMisfireInstruction(whenMissed))
                .Build(),
            ScheduleJobOptions.Replacing,
            cancellation);
    }
}
