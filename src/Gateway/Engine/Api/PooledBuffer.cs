using System.Buffers;

namespace Gateway.Engine.Api;

/// <summary>Bytes that grow, in an array that is given back.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private byte[] array = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int used;

    public ReadOnlyMemory<byte> Written => array.AsMemory(0, used);

    public void Advance(int count) => used += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (array.Length - used < Math.Max(sizeHint, 1))
            Grow(sizeHint);
        return array.AsMemory(used);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose() => ArrayPool<byte>.Shared.Return(array);

    private void Grow(int sizeHint)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(array.Length * 2, used + sizeHint));
        array.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(array);
        array = larger;
    }
}
