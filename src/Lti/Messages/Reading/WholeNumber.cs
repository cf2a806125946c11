using System.Buffers.Text;

namespace Lti.Messages.Reading;

/// <summary>
/// JSON numbers that stand where a text belongs. One is taken as its text only where every reader agrees on that text: 1, 1.0 and 1e0 are
/// one number and three texts, so are 0 and -0, and beyond 2^53 - 1 readers round (RFC 8259 6, RFC 7493 2.2), so that two people's ids
/// could become one.
/// </summary>
internal static class WholeNumber
{
    private const long Greatest = (1L << 53) - 1;

    /// <summary>Whether a number, as the JSON spells it, is its own text.</summary>
    public static bool IsText(ReadOnlySpan<byte> number) =>
        number is not [(byte)'-', (byte)'0']
        && Utf8Parser.TryParse(number, out long value, out var read) && read == number.Length
        && value is >= -Greatest and <= Greatest;
}
