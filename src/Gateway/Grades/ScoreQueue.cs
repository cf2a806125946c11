using System.Collections.Concurrent;
using Gateway.Storage;
using Npgsql;

namespace Gateway.Grades;

/// <summary>
/// Begins what is due: twelve lanes at once, four of them at one platform, and one only while that platform gives no answer, so that a
/// platform that is dead holds up its own scores alone.
/// </summary>
internal sealed class ScoreQueue(GatewayDatabase database, DeliverScore delivery, ScoreSignal signal, TimeProvider time, ILogger<ScoreQueue> log)
{
    private const int AtOnce = 12;
    private const int AtOnePlatform = 4;

    // More than may begin: other replicas may be sending the first ones.
    private const int Candidates = 64;

    private readonly ConcurrentDictionary<Guid, (int Registration, Task Try)> begun = new();
    private readonly ConcurrentDictionary<int, bool> silent = new();

    /// <summary>Begins as many of the due lanes as may be worked on now, and does not wait for them.</summary>
    public async Task BeginDueAsync(CancellationToken cancellation)
    {
        if (begun.Count >= AtOnce)
            return;
        foreach (var (lane, district, registration) in await DueAsync(cancellation))
        {
            if (begun.Count >= AtOnce)
                return;
            if (begun.ContainsKey(lane) || begun.Values.Count(other => other.Registration == registration) >= (silent.ContainsKey(registration) ? 1 : AtOnePlatform))
                continue;
            Begin(lane, district, registration, cancellation);
        }
    }

    /// <summary>Until nothing is being sent.</summary>
    public Task IdleAsync() => Task.WhenAll(begun.Values.Select(one => one.Try));

    private void Begin(Guid lane, int district, int registration, CancellationToken cancellation)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        begun[lane] = (registration, TryAsync(start.Task, lane, district, registration, cancellation));
        start.SetResult();
    }

    private async Task TryAsync(Task start, Guid lane, int district, int registration, CancellationToken cancellation)
    {
        // It must be in the dictionary before it can leave it.
        await start;
        var came = LaneTry.Nothing;
        try
        {
            came = await delivery.TryAsync(lane, district, cancellation);
        }
        catch (Exception e)
        {
            // The score is still there, and due: the next round tries again.
            if (!cancellation.IsCancellationRequested)
                log.OutboxFailed(ScoreDeliveryService.ReasonOf(e));
        }
        finally
        {
            if (came == LaneTry.Unanswered)
                silent[registration] = true;
            else if (came == LaneTry.Answered)
                silent.TryRemove(registration, out _);
            begun.TryRemove(lane, out _);
            // There is room for another, perhaps for a newer score of this lane.
            if (came != LaneTry.Nothing)
                signal.Raise();
        }
    }

    private async Task<List<(Guid Lane, int District, int Registration)>> DueAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var command = database.DataSource.CreateCommand("select lane, district_id, registration_id from gateway.due_lanes($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - RetryPlan.Week });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Candidates });
        var due = new List<(Guid, int, int)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            due.Add((reader.GetGuid(0), reader.GetInt32(1), reader.GetInt32(2)));
        return due;
    }
}
