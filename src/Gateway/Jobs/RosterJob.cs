using Gateway.Rostering;
using Quartz;

namespace Gateway.Jobs;

/// <summary>Hands a firing of a district's trigger to the plain job.</summary>
[DisallowConcurrentExecution]
internal sealed class RosterJob(RosterSyncJob job) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await job.RunAsync(RosterSchedules.DistrictOf(context.JobDetail.Key), RosterSchedules.IsRetry(context.Trigger.Key), cancellationToken);
}
