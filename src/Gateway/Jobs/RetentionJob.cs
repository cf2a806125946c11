using Gateway.Privacy;
using Quartz;

namespace Gateway.Jobs;

/// <summary>Hands a firing, once a day, to <see cref="RetentionClock"/> (P-2). A district that is gone has no schedule any more.</summary>
[DisallowConcurrentExecution]
internal sealed class RetentionJob(RetentionClock clock, RosterSchedules schedules, ILogger<RetentionJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            var kept = await clock.RunAsync(dryRun: false, cancellationToken);
            if (kept is { Succeeded: true, Value.Closed.Count: > 0 })
                await schedules.SyncAllAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next day finds what is left.
            Log.RetentionBroke(logger, e.GetType().Name);
        }
    }
}
