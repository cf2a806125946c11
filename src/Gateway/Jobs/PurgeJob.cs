using Gateway.Privacy;
using Quartz;

namespace Gateway.Jobs;

/// <summary>Hands a firing to <see cref="PurgeExpired"/>.</summary>
[DisallowConcurrentExecution]
internal sealed class PurgeJob(PurgeExpired purge, ILogger<PurgeJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await purge.RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next minute tries again.
            Log.PurgeBroke(logger, e.GetType().Name);
        }
    }
}
