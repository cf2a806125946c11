using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Gateway.Privacy.Audit;

/// <summary>
/// HMAC-SHA-256 over the canonical form of an entry or a head: a letter for which of the two, the chain (32 bits), the sequence (64),
/// for an entry the time (64: microseconds since 2000), then each variable part behind its length in bytes (32 bits); numbers are
/// big-endian. No two different entries have the same form. For one thread.
/// </summary>
internal sealed class EntryHash(ReadOnlySpan<byte> key) : IDisposable
{
    public const int Size = HMACSHA256.HashSizeInBytes;
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

    /// <summary>What stands before the first entry of a chain.</summary>
    public static ReadOnlySpan<byte> Nothing => new byte[Size];

    /// <summary>A time as PostgreSQL keeps it.</summary>
    public static long MicrosecondsOf(DateTimeOffset at) => (at.UtcDateTime - Epoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset TimeOf(long microseconds) => new(Epoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond));

    public void OfEntry(
        int chain, long sequence, long at, ReadOnlySpan<byte> actor, ReadOnlySpan<byte> action, ReadOnlySpan<byte> details, ReadOnlySpan<byte> previous, Span<byte> hash)
    {
        Span<byte> start = stackalloc byte[1 + 4 + 8 + 8];
        start[0] = (byte)'E';
        BinaryPrimitives.WriteInt32BigEndian(start[1..], chain);
        BinaryPrimitives.WriteInt64BigEndian(start[5..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(start[13..], at);
        hmac.AppendData(start);
        Add(actor);
        Add(action);
        Add(details);
        Add(previous);
        hmac.GetHashAndReset(hash);
    }

    public void OfHead(int chain, long sequence, ReadOnlySpan<byte> last, Span<byte> seal)
    {
        Span<byte> start = stackalloc byte[1 + 4 + 8];
        start[0] = (byte)'H';
        BinaryPrimitives.WriteInt32BigEndian(start[1..], chain);
        BinaryPrimitives.WriteInt64BigEndian(start[5..], sequence);
        hmac.AppendData(start);
        Add(last);
        hmac.GetHashAndReset(seal);
    }

    public void Dispose() => hmac.Dispose();

    private void Add(ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hmac.AppendData(length);
        hmac.AppendData(part);
    }
}
