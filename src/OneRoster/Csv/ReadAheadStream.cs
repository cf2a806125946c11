using System.Buffers;
using System.IO.Pipelines;

namespace OneRoster.Csv;

/// <summary>
/// A file that is inflated and checked on a task of its own while the rows of what came before are made: with a second core the two take
/// as long as the longer. At most a quarter of a megabyte waits. What ends the reading is thrown once all before it has been handed on.
/// </summary>
internal sealed class ReadAheadStream : ForwardStream
{
    private const int Block = 1 << 16;
    private readonly CheckedStream inner;
    private readonly Pipe pipe = new(new PipeOptions(
        pauseWriterThreshold: 4 * Block, resumeWriterThreshold: 2 * Block, minimumSegmentSize: Block, useSynchronizationContext: false));
    private readonly Task filling;

    public ReadAheadStream(CheckedStream inner)
    {
        this.inner = inner;
        filling = Task.Run(FillAsync);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var waiting = (await pipe.Reader.ReadAsync(cancellationToken)).Buffer;
        var taken = waiting.Slice(0, Math.Min(waiting.Length, buffer.Length));
        var count = (int)taken.Length;
        taken.CopyTo(buffer.Span);
        pipe.Reader.AdvanceTo(taken.End);
        if (count == 0 && buffer.Length > 0)
            await filling;
        Passed += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The file is read on another task: read asynchronously.");

    public override async ValueTask DisposeAsync()
    {
        // Tells the other task to stop. The archive opens one file at a time: it must have stopped before the next.
        await pipe.Reader.CompleteAsync();
        await filling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task FillAsync()
    {
        try
        {
            await inner.CopyToAsync(pipe.Writer);
        }
        finally
        {
            await pipe.Writer.CompleteAsync();
        }
    }
}
