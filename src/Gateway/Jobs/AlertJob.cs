using Gateway.Rostering;
using Quartz;

namespace Gateway.Jobs;

/// <summary>Hands a firing, once a minute, to <see cref="AlertRound"/> (R-4.3).</summary>
[DisallowConcurrentExecution]
internal sealed class AlertJob(AlertRound round, ILogger<AlertJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await round.RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next minute tries again.
            Log.AlertsBroke(logger, e.GetType().Name);
        }
    }
}
