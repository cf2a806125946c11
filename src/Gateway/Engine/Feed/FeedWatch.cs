using System.Collections.Concurrent;
using Gateway.Storage;
using Npgsql;

namespace Gateway.Engine.Feed;

/// <summary>
/// Wakes whoever waits for a district's feed to move. One question a replica, twice a second and only while somebody waits, whatever their
/// number (docs/adr/0033).
/// </summary>
internal sealed class FeedWatch(GatewayDatabase database, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<FeedWatch> log) : BackgroundService
{
    private const int MostWaiting = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Waiting, bool> waiting = new();
    private readonly SemaphoreSlim someone = new(0, 1);

    /// <summary>Waits until the feed has gone past a position. False: the time is over, or too many wait already.</summary>
    public async Task<bool> WaitAsync(int district, long position, TimeSpan longest, CancellationToken cancellation)
    {
        if (longest == TimeSpan.Zero || waiting.Count >= MostWaiting)
            return false;
        var one = new Waiting(district, position, new(TaskCreationOptions.RunContinuationsAsynchronously));
        waiting[one] = true;
        // A server that is to stop must not wait for those who wait.
        await using var stopping = lifetime.ApplicationStopping.Register(() => one.Moved.TrySetResult());
        try
        {
            Knock();
            await one.Moved.Task.WaitAsync(longest, time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            waiting.TryRemove(one, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (waiting.IsEmpty)
                    await someone.WaitAsync(stoppingToken);
                else
                    await LookAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Those who wait are answered when their time is over; the next round may go better.
                log.WatchFailed(e is PostgresException { SqlState: var state } ? state : e.GetType().Name);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        someone.Dispose();
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select district_id, last_sequence from gateway.feed_positions($1)");
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. waiting.Keys.Select(one => one.District).Distinct()] });
        var positions = new Dictionary<int, long>();
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                positions[reader.GetInt32(0)] = reader.GetInt64(1);
        }

        foreach (var one in waiting.Keys.Where(one => positions.GetValueOrDefault(one.District) > one.Position))
            one.Moved.TrySetResult();
    }

    private void Knock()
    {
        try
        {
            someone.Release();
        }
        catch (SemaphoreFullException)
        {
            // It knows already.
        }
    }

    private sealed class Waiting(int district, long position, TaskCompletionSource moved)
    {
        public int District => district;

        public long Position => position;

        public TaskCompletionSource Moved => moved;
    }
}
