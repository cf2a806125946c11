using Npgsql;

namespace Gateway.Grades;

/// <summary>Empties the outbox: whenever a score was taken or moved here, and every few seconds for those of other replicas and for second tries.</summary>
internal sealed class ScoreDeliveryService(
    ScoreQueue queue, ScoreSignal signal, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ScoreDeliveryService> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static string ReasonOf(Exception e) => e is PostgresException { SqlState: var state } ? state : e.GetType().Name;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Platforms check our assertions with the keys that this very server publishes: it must listen first.
            await StartedAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
                await RoundAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends.
        }
        finally
        {
            await queue.IdleAsync();
        }
    }

    private async Task StartedAsync(CancellationToken cancellation)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellation);
    }

    private async Task RoundAsync(CancellationToken cancellation)
    {
        try
        {
            await queue.BeginDueAsync(cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // Whatever it was, the scores are still there: the outbox must not stop for it.
            log.OutboxFailed(ReasonOf(e));
            await Task.Delay(Pause, time, cancellation);
        }

        await signal.WaitAsync(Pause, time, cancellation);
    }
}
