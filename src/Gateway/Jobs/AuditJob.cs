using Gateway.Alerts;
using Quartz;

namespace Gateway.Jobs;

/// <summary>Hands a firing, once a day, to <see cref="AuditRound"/> (P-5.6, P-5.7).</summary>
[DisallowConcurrentExecution]
internal sealed class AuditJob(AuditRound round, ILogger<AuditJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await round.RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next day tries again.
            Log.AuditBroke(logger, e.GetType().Name);
        }
    }
}
