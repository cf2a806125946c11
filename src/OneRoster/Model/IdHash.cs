using System.Buffers.Binary;

namespace OneRoster.Model;

/// <summary>
/// 64 bits in place of an id, so that millions of ids need little memory and none of them stays. Two of ten million ids fall together once
/// in 370,000 packages; then a finding is missed or made up, and nothing worse.
/// </summary>
internal static class IdHash
{
    // Odd numbers without a pattern: fractions of the square roots of 2, 3, 5 and 7.
    private const ulong A = 0x6A09E667F3BCC909;
    private const ulong B = 0xBB67AE8584CAA73B;
    private const ulong C = 0x3C6EF372FE94F82B;
    private const ulong D = 0xA54FF53A5F1D36F1;

    /// <summary>Never 0, which stands for "none".</summary>
    public static ulong Of(ReadOnlySpan<byte> id)
    {
        var hash = A ^ ((ulong)id.Length * B);
        for (; id.Length >= 8; id = id[8..])
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(id), C);
        ulong rest = 0;
        foreach (var letter in id)
            rest = (rest << 8) | letter;
        return Finish(Mix(hash ^ rest, D));
    }

    public static ulong Of(ulong first, ulong second, ulong third = 0) => Finish(Mix(Mix(first ^ A, B) + second, C) ^ Mix(third + D, A));

    private static ulong Finish(ulong hash)
    {
        hash = Mix(hash ^ B, A);
        return hash == 0 ? 1 : hash;
    }

    private static ulong Mix(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
