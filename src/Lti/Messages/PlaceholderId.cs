using System.Text;

namespace Lti.Messages;

/// <summary>
/// What systems send in place of a person's id when they have none: blanks, <c>0</c>, <c>null</c>, a variable that nobody filled in. Such a
/// value comes for many people, so as an id it would make them one person. Decided on bytes: no id becomes a string for it.
/// The OneRoster library has the same rule for rosters; a test holds the two together.
/// </summary>
public static class PlaceholderId
{
    /// <summary>Words for "there is none", compared without regard to ASCII case and to signs around them.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "null", "none", "nil", "n/a", "n.a", "na", "nan", "undefined", "undef", "unknown", "empty", "blank", "missing", "false",
        "not available", "not applicable", "not set", "object object",
    ];

    private static readonly byte[][] WordBytes = [.. Words.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Whether the text is nobody's id.</summary>
    public static bool Is(ReadOnlySpan<byte> utf8)
    {
        if (IsUnexpanded(utf8)) return true;
        // Nearly every id has one of these digits, and of the placeholders only this one has.
        if (utf8.ContainsAnyInRange((byte)'1', (byte)'9')) return utf8.Trim(" \t\r\n"u8).SequenceEqual("-1"u8);
        var core = Core(utf8, out var hasSubstance);
        return !hasSubstance || IsWord(core);
    }

    // "$Person.sourcedId", also behind a prefix, and Blackboard's "@X@user.batch_uid@X@".
    private static bool IsUnexpanded(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("@X@"u8) >= 0) return true;
        var first = utf8.IndexOf((byte)'$');
        if (first < 0) return false;
        Core(utf8[..first], out var hasPrefix);
        return !hasPrefix || NamesVariable(utf8[first..]);
    }

    private static bool NamesVariable(ReadOnlySpan<byte> fromDollar)
    {
        var name = fromDollar[1..];
        var letters = 0;
        while (letters < name.Length && char.IsAsciiLetter((char)name[letters])) letters++;
        return letters > 0 && letters < name.Length && name[letters] == (byte)'.';
    }

    // From the first letter or digit to the last; of substance is each of them but 0.
    private static ReadOnlySpan<byte> Core(ReadOnlySpan<byte> utf8, out bool hasSubstance)
    {
        var (start, end) = (0, 0);
        hasSubstance = false;
        for (var at = 0; at < utf8.Length;)
        {
            Rune.DecodeFromUtf8(utf8[at..], out var rune, out var length);
            if (Rune.IsLetterOrDigit(rune))
            {
                if (end == 0) start = at;
                end = at + length;
                hasSubstance |= rune.Value != '0';
            }

            at += length;
        }

        return utf8[start..end];
    }

    private static bool IsWord(ReadOnlySpan<byte> core)
    {
        foreach (var word in WordBytes)
        {
            if (Ascii.EqualsIgnoreCase(core, word)) return true;
        }

        return false;
    }
}
