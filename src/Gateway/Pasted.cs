using System.Globalization;

namespace Gateway;

/// <summary>
/// Values that people copy from a page and paste: what comes along at both ends and cannot be seen is cut off. In the middle nothing is
/// changed.
/// </summary>
internal static class Pasted
{
    /// <summary>Without white space, line ends, control and formatting characters (zero-width ones, byte order marks) at both ends.</summary>
    public static string Text(string value)
    {
        var (start, end) = (0, value.Length);
        while (start < end && IsUnseen(value[start]))
            start++;
        while (end > start && IsUnseen(value[end - 1]))
            end--;
        return value[start..end];
    }

    /// <summary>An argument of the command line: <c>VALUE</c>, or the value of <c>--option=VALUE</c>.</summary>
    public static string Argument(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? argument[..(at + 1)] + Text(argument[(at + 1)..])
            : Text(argument);

    // U+00A0 and the like are white space; U+200B to U+200F, U+2060, U+FEFF and U+00AD are formatting characters.
    private static bool IsUnseen(char letter) =>
        char.IsWhiteSpace(letter) || char.IsControl(letter) || CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.Format;
}
