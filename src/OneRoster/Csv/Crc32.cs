using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OneRoster.Csv;

/// <summary>
/// The checksum of ZIP entries (APPNOTE 4.4.7). The framework's reader does not compare it, so that a damaged entry would be taken for a
/// whole one. Where the processor multiplies without carry, it costs next to nothing beside unpacking.
/// </summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[] Table = MakeTable();

    /// <summary>The checksum of what came before (0 at the start) and of <paramref name="bytes"/>.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var state = ~checksum;
        if (Pclmulqdq.IsSupported && bytes.Length >= 128)
        {
            var folded = bytes.Length & ~15;
            state = Fold(state, bytes[..folded]);
            bytes = bytes[folded..];
        }

        return ~BySlices(state, bytes);
    }

    /// <summary>The same, eight bytes at a time by tables.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static uint BySlices(uint state, ReadOnlySpan<byte> bytes)
    {
        var table = Table.AsSpan();
        while (bytes.Length >= 8)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ state;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            state = table[(int)(1792 + (low & 0xFF))] ^ table[(int)(1536 + ((low >> 8) & 0xFF))]
                ^ table[(int)(1280 + ((low >> 16) & 0xFF))] ^ table[(int)(1024 + (low >> 24))]
                ^ table[(int)(768 + (high & 0xFF))] ^ table[(int)(512 + ((high >> 8) & 0xFF))]
                ^ table[(int)(256 + ((high >> 16) & 0xFF))] ^ table[(int)(high >> 24)];
            bytes = bytes[8..];
        }

        foreach (var next in bytes)
            state = table[(int)((state ^ next) & 0xFF)] ^ (state >> 8);
        return state;
    }

    /// <summary>
    /// Folds 64 bytes at a time by multiplication without carry (Gopal et al., "Fast CRC computation for generic polynomials using
    /// PCLMULQDQ", 2009; the constants are powers of x modulo the polynomial, reflected).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Fold(uint state, ReadOnlySpan<byte> bytes)
    {
        var blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
        var by64 = Vector128.Create(0x0154442bd4UL, 0x01c6e41596UL);
        var by16 = Vector128.Create(0x01751997d0UL, 0x00ccaa009eUL);
        var (a, b, c, d) = (blocks[0] ^ Vector128.CreateScalar((ulong)state), blocks[1], blocks[2], blocks[3]);
        var next = 4;
        for (; next + 4 <= blocks.Length; next += 4)
        {
            a = Step(a, by64) ^ blocks[next];
            b = Step(b, by64) ^ blocks[next + 1];
            c = Step(c, by64) ^ blocks[next + 2];
            d = Step(d, by64) ^ blocks[next + 3];
        }

        a = Step(Step(Step(a, by16) ^ b, by16) ^ c, by16) ^ d;
        for (; next < blocks.Length; next++)
            a = Step(a, by16) ^ blocks[next];

        // What is left are 16 bytes that have the same remainder as everything before them.
        Span<byte> rest = stackalloc byte[16];
        a.AsByte().CopyTo(rest);
        return BySlices(0, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Step(Vector128<ulong> block, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(block, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, by, 0x11);

    private static uint[] MakeTable()
    {
        var table = new uint[8 * 256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
            table[i] = value;
        }

        for (var i = 256; i < table.Length; i++)
            table[i] = table[table[i - 256] & 0xFF] ^ (table[i - 256] >> 8);
        return table;
    }
}
