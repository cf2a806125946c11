using Gateway.Rostering;
using Quartz;

namespace Gateway.Jobs;

/// <summary>Hands a firing, once a minute, to <see cref="WatchedFolders"/> (R-1.8).</summary>
[DisallowConcurrentExecution]
internal sealed class WatchJob(WatchedFolders folders, ILogger<WatchJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await folders.LookAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next minute tries again.
            Log.WatchBroke(logger, e.GetType().Name);
        }
    }
}
