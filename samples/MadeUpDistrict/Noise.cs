namespace Samples.MadeUpDistrict;

/// <summary>SplitMix64: the same seed, kind and index give the same number on every machine and in every order of asking.</summary>
internal static class Noise
{
    public static ulong Of(long seed, int kind, long index)
    {
        ulong z = Mix((ulong)seed + 0x9E3779B97F4A7C15UL);
        z = Mix(z ^ ((ulong)kind << 48) ^ (ulong)index);
        return z;
    }

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
