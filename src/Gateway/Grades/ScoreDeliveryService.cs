using Gateway.Storage;
using Npgsql;

namespace Gateway.Grades;

/// <summary>Empties the outbox: whenever a score was taken here, and every few seconds for those of other replicas and for second tries.</summary>
internal sealed class ScoreDeliveryService(
    GatewayDatabase database, DeliverScore delivery, ScoreSignal signal, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ScoreDeliveryService> log)
    : BackgroundService
{
    private const int AtOnce = 4;
    private const int Batch = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Platforms check our assertions with the keys that this very server publishes: it must listen first.
        await StartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RoundAsync(stoppingToken) == 0)
                    await signal.WaitAsync(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was, the scores are still there: the outbox must not stop for it.
                log.OutboxFailed(e is PostgresException { SqlState: var state } ? state : e.GetType().Name);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task StartedAsync(CancellationToken cancellation)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellation);
    }

    /// <summary>Tries every score that is due, and gives how many were moved (delivered, parked or put off).</summary>
    private async Task<int> RoundAsync(CancellationToken cancellation)
    {
        var due = await DueAsync(cancellation);
        var moved = 0;
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (score, token) =>
        {
            if (await delivery.TryAsync(score.Id, score.District, token))
                Interlocked.Increment(ref moved);
        });
        return moved;
    }

    private async Task<List<(Guid Id, int District)>> DueAsync(CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select id, district_id from gateway.due_scores($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
        var due = new List<(Guid, int)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            due.Add((reader.GetGuid(0), reader.GetInt32(1)));
        return due;
    }
}
