namespace Gateway.Tests.Privacy;

/// <summary>What was found: kind, form and place. Never the value.</summary>
internal sealed record CanaryHit(string Kind, string Form, string Place);

/// <summary>
/// Looks for many values in many forms at once: a rolling hash over five characters, a bit table that most places fail at, and a
/// comparison where one does not.
/// </summary>
internal sealed class CanarySearch
{
    private const int Window = 5;
    private const ulong Base = 0x9E3779B97F4A7C15;
    private const ulong OldestWeight = unchecked(Base * Base * Base * Base);
    private const int BitTable = 24;
    private readonly Patterns folded;
    private readonly Patterns exact;

    public CanarySearch(IEnumerable<PlantedValue> values)
    {
        var forms = values.DistinctBy(v => v.Value, StringComparer.Ordinal).SelectMany(CanaryForms.Of).ToList();
        folded = new(forms.Where(form => form.Folded));
        exact = new(forms.Where(form => !form.Folded));
        Count = forms.Count;
    }

    /// <summary>How many patterns are looked for.</summary>
    public int Count { get; }

    public IReadOnlyList<CanaryHit> Find(string text, string place)
    {
        var hits = new HashSet<CanaryHit>();
        exact.Find(text, place, hits);
        folded.Find(text.ToUpperInvariant(), place, hits);
        return [.. hits];
    }

    private sealed class Patterns
    {
        private readonly ulong[] bits = new ulong[1 << (BitTable - 6)];
        private readonly ILookup<ulong, CanaryForm> byStart;

        public Patterns(IEnumerable<CanaryForm> forms)
        {
            byStart = forms.ToLookup(form => HashOf(form.Pattern));
            foreach (var start in byStart)
                bits[Bit(start.Key) >> 6] |= 1UL << (int)(Bit(start.Key) & 63);
        }

        public void Find(string text, string place, HashSet<CanaryHit> hits)
        {
            var hash = 0UL;
            for (var end = 0; end < text.Length; end++)
            {
                hash = unchecked((hash - (end >= Window ? text[end - Window] * OldestWeight : 0)) * Base + text[end]);
                if (end >= Window - 1 && (bits[Bit(hash) >> 6] >> (int)(Bit(hash) & 63) & 1) == 1)
                    Compare(text, end - Window + 1, hash, place, hits);
            }
        }

        private void Compare(string text, int start, ulong hash, string place, HashSet<CanaryHit> hits)
        {
            foreach (var form in byStart[hash])
                if (string.CompareOrdinal(text, start, form.Pattern, 0, form.Pattern.Length) == 0
                    && (!form.WholeWord || (IsEdge(text, start - 1) && IsEdge(text, start + form.Pattern.Length))))
                    hits.Add(new(form.Kind, form.Form, place));
        }

        private static bool IsEdge(string text, int at) => at < 0 || at >= text.Length || !char.IsLetterOrDigit(text[at]);

        private static ulong HashOf(string pattern)
        {
            var hash = 0UL;
            for (var i = 0; i < Window; i++)
                hash = unchecked(hash * Base + pattern[i]);
            return hash;
        }

        private static ulong Bit(ulong hash) => unchecked(hash * 0xD6E8FEB86659FD93) >> (64 - BitTable);
    }
}
