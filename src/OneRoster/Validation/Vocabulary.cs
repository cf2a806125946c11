using System.Text;
using OneRoster.Model;

namespace OneRoster.Validation;

/// <summary>The words that a field may hold, and what they mean.</summary>
internal sealed class Vocabulary<T>
    where T : struct, Enum
{
    private readonly (byte[] Word, T Value)[] words;
    private readonly T? extension;

    public Vocabulary(T? extension, params (string Word, T Value)[] words)
    {
        this.extension = extension;
        this.words = [.. words.Select(word => (Encoding.UTF8.GetBytes(word.Word), word.Value))];
        Words = string.Join(", ", words.Select(word => word.Word));
    }

    /// <summary>All words, for the advice in a finding.</summary>
    public string Words { get; }

    /// <summary>Finds a word as it is spelled, or else without case (then it is not <paramref name="exact"/>).</summary>
    public T? Find(ReadOnlySpan<byte> text, OneRosterVersion version, out bool exact)
    {
        exact = true;
        foreach (var (word, value) in words)
            if (text.SequenceEqual(word))
                return value;

        // 1.2 information model: extensible enumerations take "ext:" and a word of the source's own. 1.1 has none.
        if (version == OneRosterVersion.V1P2 && text.Length > 4 && text.StartsWith("ext:"u8))
            return extension;

        exact = false;
        foreach (var (word, value) in words)
            if (Ascii.EqualsIgnoreCase(text, word))
                return value;
        return null;
    }
}
