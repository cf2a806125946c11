using System.Buffers;
using System.Globalization;
using System.Text;

namespace OneRoster.Validation;

/// <summary>What a title, a name, a subject or a grade may be, judged by its bytes.</summary>
internal static class PlainText
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int Longest = 1000;

    /// <summary>The most values of a list.</summary>
    public const int MostValues = 50;

    private static readonly SearchValues<byte> Letters = SearchValues.Create([.. Enumerable.Range(0x20, 0x7F - 0x20).Select(letter => (byte)letter)]);

    /// <summary>
    /// Whether nothing in it controls more than itself: no control characters (a database takes no zero), no line ends, nothing that turns
    /// the direction of the text around it. Joiners, which some scripts need, are plain.
    /// </summary>
    public static bool Is(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOfAnyExcept(Letters);
        if (at < 0)
            return true;
        for (text = text[at..]; !text.IsEmpty;)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var used);
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069))
                return false;
            text = text[used..];
        }

        return true;
    }
}
