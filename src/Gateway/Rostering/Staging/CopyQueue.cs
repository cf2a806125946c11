using System.Threading.Channels;

namespace Gateway.Rostering.Staging;

/// <summary>
/// Work for the run's connection, done in order on a task of its own, so that rows are read while rows are written. At most two pieces
/// wait: memory does not grow where the database is slower than the source. What fails there is thrown at the next call here.
/// </summary>
internal sealed class CopyQueue : IAsyncDisposable
{
    private const int Waiting = 2;
    private readonly Channel<Func<CancellationToken, Task>> queue =
        Channel.CreateBounded<Func<CancellationToken, Task>>(new BoundedChannelOptions(Waiting) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource stop;
    private readonly Task worker;

    public CopyQueue(CancellationToken cancellation)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        worker = Task.Run(WorkAsync, CancellationToken.None);
    }

    public async ValueTask AddAsync(Func<CancellationToken, Task> piece, CancellationToken cancellation)
    {
        try
        {
            await queue.Writer.WriteAsync(piece, cancellation);
        }
        catch (ChannelClosedException)
        {
            await worker;
            throw;
        }
    }

    /// <summary>Waits until all that was added is done.</summary>
    public Task CompleteAsync()
    {
        queue.Writer.TryComplete();
        return worker;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stop.CancelAsync();
        // Whoever gave up reading has a reason of its own; the connection must be free before it is used again.
        await worker.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var piece in queue.Reader.ReadAllAsync(stop.Token))
                await piece(stop.Token);
        }
        catch (Exception e)
        {
            queue.Writer.TryComplete(e);
            throw;
        }
    }
}
