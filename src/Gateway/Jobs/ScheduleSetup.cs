using Quartz;

namespace Gateway.Jobs;

/// <summary>Brings the stored schedules in line with the districts when the gateway starts to serve.</summary>
internal sealed class ScheduleSetup(RosterSchedules rosters, ISchedulerFactory schedulers) : IHostedService
{
    private const string Group = "housekeeping";
    private static readonly TimeSpan BetweenPurges = TimeSpan.FromMinutes(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await rosters.SyncAllAsync(cancellationToken);
        await SchedulePurgeAsync(await schedulers.GetScheduler(cancellationToken), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task SchedulePurgeAsync(IScheduler scheduler, CancellationToken cancellation)
    {
        var job = new JobKey("purge-expired", Group);
        if (await scheduler.Exists(job, cancellation))
            return;
        await scheduler.ScheduleJob(
            JobBuilder.Create<PurgeJob>().WithIdentity(job).StoreDurably().Build(),
            TriggerBuilder.Create().WithIdentity(job.Name, Group).ForJob(job)
                .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(BetweenPurges).RepeatForever()
                    .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
                .Build(),
            ScheduleJobOptions.Replacing,
            cancellation);
    }
}
