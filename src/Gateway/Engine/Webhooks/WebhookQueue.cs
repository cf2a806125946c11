using System.Collections.Concurrent;
using System.Threading.Channels;
using Gateway.Storage;
using Npgsql;

namespace Gateway.Engine.Webhooks;

/// <summary>Begins what is due: four events at once, two of them to one engine, so that a receiver that is dead holds up its own alone.</summary>
internal sealed class WebhookQueue(GatewayDatabase database, DeliverWebhook delivery, TimeProvider time, ILogger<WebhookQueue> log)
{
    private const int AtOnce = 4;
    private const int ToOneEngine = 2;

    // More than may begin: other replicas may be sending the first ones.
    private const int Candidates = 16;

    private readonly ConcurrentDictionary<Guid, (string Client, Task Try)> begun = new();
    private readonly Channel<bool> moved = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Begins as many of the due events as may be sent now, and does not wait for them.</summary>
    /// <returns>How many.</returns>
    public async Task<int> BeginDueAsync(CancellationToken cancellation)
    {
        var count = 0;
        foreach (var (id, district, client) in await DueAsync(cancellation))
        {
            if (begun.Count >= AtOnce)
                break;
            if (begun.ContainsKey(id) || begun.Values.Count(other => other.Client == client) >= ToOneEngine)
                continue;
            Begin(id, district, client, cancellation);
            count++;
        }

        return count;
    }

    /// <summary>Until an event was moved, so that another may begin, or the time is over.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await moved.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    /// <summary>Until nothing is being sent.</summary>
    public Task IdleAsync() => Task.WhenAll(begun.Values.Select(one => one.Try));

    private void Begin(Guid id, int district, string client, CancellationToken cancellation)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        begun[id] = (client, TryAsync(start.Task, id, district, cancellation));
        start.SetResult();
    }

    private async Task TryAsync(Task start, Guid id, int district, CancellationToken cancellation)
    {
        // It must be in the dictionary before it can leave it.
        await start;
        var wasMoved = false;
        try
        {
            wasMoved = await delivery.TryAsync(id, district, cancellation);
        }
        catch (Exception e)
        {
            // The event is still there, and due: the next round tries again.
            if (!cancellation.IsCancellationRequested)
                log.WebhooksFailed(WebhookService.ReasonOf(e));
        }
        finally
        {
            begun.TryRemove(id, out _);
            if (wasMoved)
                moved.Writer.TryWrite(true);
        }
    }

    private async Task<List<(Guid Id, int District, string Client)>> DueAsync(CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select id, district_id, client_id from gateway.due_webhooks($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Candidates });
        var due = new List<(Guid, int, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            due.Add((reader.GetGuid(0), reader.GetInt32(1), reader.GetString(2)));
        return due;
    }
}
