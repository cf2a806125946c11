using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace OneRoster.Validation.Checks;

/// <summary>How values are written, judged by their bytes.</summary>
internal static class Written
{
    private static readonly SearchValues<byte> IdLetters =
        SearchValues.Create([.. Enumerable.Range(0x21, 0x7F - 0x21).Select(letter => (byte)letter).Except(",\"';"u8.ToArray())]);

    // CEDS, entry grade level.
    private static readonly byte[][] GradeWords = [.. new[] { "IT", "PR", "PK", "TK", "KG", "PS", "UG", "Other" }.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Visible letters of ASCII without those that separate values.</summary>
    public static bool AsId(ReadOnlySpan<byte> value) => value.IndexOfAnyExcept(IdLetters) < 0;

    public static bool AsGrade(ReadOnlySpan<byte> value)
    {
        if (value.Length == 2 && Utf8Parser.TryParse(value, out int number, out var used) && used == 2)
            return number is >= 1 and <= 13;
        foreach (var word in GradeWords)
            if (value.SequenceEqual(word))
                return true;
        return false;
    }

    /// <summary><c>2026-08-15T04:30:00Z</c>, with or without a fraction.</summary>
    public static bool AsUtc(ReadOnlySpan<byte> value)
    {
        if (value.Length is < 20 or > 30 || value[10] != (byte)'T' || value[^1] != (byte)'Z')
            return false;
        if (value.Length > 20 && (value[19] != (byte)'.' || value[20..^1].IsEmpty || value[20..^1].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0))
            return false;

        // Round-trip form has seven digits; what is before the fraction decides.
        Span<byte> whole = stackalloc byte[28];
        value[..19].CopyTo(whole);
        ".0000000Z"u8.CopyTo(whole[19..]);
        return Utf8Parser.TryParse(whole, out DateTimeOffset _, out var used, 'O') && used == whole.Length;
    }
}
