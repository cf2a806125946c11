using System.Buffers.Binary;
using System.Numerics;

namespace Gateway.Privacy;

/// <summary>
/// A permutation of the numbers below some number, of one engine's own: a Feistel network of ten rounds over the engine's cipher, walked
/// until it lands below the number (the construction of NIST SP 800-38G, for binary halves). Nothing is stored, and any part of it can be computed alone.
/// </summary>
internal sealed class EngineShuffle
{
    private const int Rounds = 10;
    private readonly EngineIds ids;
    private readonly int district;
    private readonly long name;
    private readonly long count;
    private readonly int half;

    /// <param name="ids">The engine's.</param>
    /// <param name="district">The district.</param>
    /// <param name="name">Which permutation of this engine and district: less than 2^40.</param>
    /// <param name="count">How many numbers: at most 2^32.</param>
    public EngineShuffle(EngineIds ids, int district, long name, long count)
    {
        (this.ids, this.district, this.name, this.count) = (ids, district, name, count);
        half = Math.Max(1, (BitOperations.Log2((ulong)Math.Max(1, count - 1)) + 2) / 2);
    }

    /// <summary>What stands at some places in succession.</summary>
    public long[] At(long first, int places)
    {
        var values = new long[places];
        for (var i = 0; i < places; i++)
            values[i] = first + i;
        var walking = Enumerable.Range(0, places).ToArray();
        while (walking.Length > 0)
        {
            Permute(values, walking);
            walking = Array.FindAll(walking, place => values[place] >= count);
        }

        return values;
    }

    private void Permute(long[] values, int[] places)
    {
        var mask = (1L << half) - 1;
        var blocks = new byte[places.Length * EngineIds.Block];
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < places.Length; i++)
                Fill(blocks.AsSpan(i * EngineIds.Block, EngineIds.Block), round, values[places[i]] & mask);
            ids.Encrypt(blocks, 0, blocks.Length);
            for (var i = 0; i < places.Length; i++)
            {
                var (left, right) = (values[places[i]] >> half, values[places[i]] & mask);
                var mixed = left ^ (BinaryPrimitives.ReadUInt32LittleEndian(blocks.AsSpan(i * EngineIds.Block)) & mask);
                values[places[i]] = (right << half) | mixed;
            }
        }
    }

    // No id begins with this kind: the cipher is asked for nothing that an engine ever sees.
    private void Fill(Span<byte> block, int round, long right)
    {
        block[0] = (byte)EngineIdKind.Shuffle;
        block[1] = (byte)round;
        BinaryPrimitives.WriteInt32BigEndian(block[2..], district);
        BinaryPrimitives.WriteUInt32BigEndian(block[6..], (uint)right);
        BinaryPrimitives.WriteUInt16BigEndian(block[10..], (ushort)(name >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(block[12..], (uint)name);
    }
}
