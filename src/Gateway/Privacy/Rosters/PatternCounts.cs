using System.Numerics;

namespace Gateway.Privacy.Rosters;

/// <summary>
/// By which patterns of a <c>sourcedId</c> (<c>after:C</c>, <c>before:C</c>) almost everybody would be one with somebody else, so that such a
/// pattern can be refused when a person enters it, though no <c>sourcedId</c> is kept. How many different parts there are is estimated
/// (HyperLogLog, to 1.6 %) in constant memory: four kibibytes a pattern, two patterns a character of ASCII. Not thread-safe.
/// </summary>
internal sealed class PatternCounts
{
    private const int Bits = 12;
    private const int Registers = 1 << Bits;
    private const ulong Prime = 0x9E3779B97F4A7C15;

    private readonly Sketch?[] before = new Sketch?[128];
    private readonly Sketch?[] after = new Sketch?[128];
    private long users;

    /// <summary>Takes the id of a user.</summary>
    public void Add(ReadOnlySpan<byte> sourcedId)
    {
        users++;
        Scan(sourcedId, before, forward: true);
        Scan(sourcedId, after, forward: false);
    }

    /// <summary>Forgets everybody.</summary>
    public void Restart()
    {
        Array.Clear(before);
        Array.Clear(after);
        users = 0;
    }

    /// <summary>
    /// The patterns by which more than two fifths of the users would become part of another, as a district enters them: four of five people,
    /// where each has two records.
    /// </summary>
    public IReadOnlyList<string> Broad() => [.. Broad(after, "after"), .. Broad(before, "before")];

    private IEnumerable<string> Broad(Sketch?[] sketches, string side)
    {
        for (var character = 0; character < sketches.Length; character++)
            if (sketches[character] is { } sketch && (sketch.Users - sketch.Different()) * 5 > users * 2.0)
                yield return $"{side}:{(char)character}";
    }

    // The part before the first, or after the last, of each character: the hash of what was passed when it is met first.
    private static void Scan(ReadOnlySpan<byte> id, Sketch?[] sketches, bool forward)
    {
        var (met, metHigh, hash) = (0UL, 0UL, Prime);
        for (var i = 0; i < id.Length; i++)
        {
            var letter = id[forward ? i : id.Length - 1 - i];
            if (letter is >= 0x20 and < 0x7F)
            {
                ref var seen = ref letter < 64 ? ref met : ref metHigh;
                var bit = 1UL << (letter & 63);
                if ((seen & bit) == 0 && i > 0)
                    (sketches[letter] ??= new Sketch()).Add(Mix(hash));
                seen |= bit;
            }

            hash = (hash ^ letter) * Prime;
            hash ^= hash >> 32;
        }
    }

    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }

    private sealed class Sketch
    {
        private readonly byte[] ranks = new byte[Registers];

        public long Users { get; private set; }

        public void Add(ulong hash)
        {
            Users++;
            ref var rank = ref ranks[hash & (Registers - 1)];
            rank = Math.Max(rank, (byte)(BitOperations.TrailingZeroCount((hash >> Bits) | (1UL << (64 - Bits))) + 1));
        }

        public double Different()
        {
            var (sum, empty) = (0.0, 0);
            foreach (var rank in ranks)
            {
                sum += Math.ScaleB(1, -rank);
                if (rank == 0)
                    empty++;
            }

            var estimate = 0.7213 / (1 + (1.079 / Registers)) * Registers * Registers / sum;
            return estimate <= 2.5 * Registers && empty > 0 ? Registers * Math.Log((double)Registers / empty) : estimate;
        }
    }
}
