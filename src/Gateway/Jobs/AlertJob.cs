using Gateway.Alerts;
using Gateway.Grades;
using Gateway.Privacy;
using Gateway.Rostering;
using Quartz;

namespace Gateway.Jobs;

/// <summary>Hands a firing, once a minute, to <see cref="Erasures"/> (P-3.3), <see cref="IncidentRound"/> (P-5.7), <see cref="PolicyRound"/> (P-4.3), <see cref="ConflictRound"/> (T-1), <see cref="ParkedScoreRound"/> (T-12) and <see cref="AlertRound"/> (R-4.3), which sends what all wrote down.</summary>
[DisallowConcurrentExecution]
internal sealed class AlertJob(
    Erasures erasures, IncidentRound incidents, PolicyRound policies, ConflictRound conflicts, ParkedScoreRound scores, AlertRound round, ILogger<AlertJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await TryAsync(erasures.WatchAsync, cancellationToken);
        await TryAsync(incidents.RunAsync, cancellationToken);
        await TryAsync(policies.RunAsync, cancellationToken);
        await TryAsync(conflicts.RunAsync, cancellationToken);
        await TryAsync(scores.RunAsync, cancellationToken);
        await TryAsync(round.RunAsync, cancellationToken);
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        try
        {
            await work(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next minute tries again.
            Log.AlertsBroke(logger, e.GetType().Name);
        }
    }
}
