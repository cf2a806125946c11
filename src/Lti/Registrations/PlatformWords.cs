using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lti.Registrations;

/// <summary>
/// What a platform says about a refusal, as one line of plain text. The specification asks for OAuth errors (RFC 7591 3.2.2); seen are
/// other JSON members (Canvas: errorMessage), bare words (Moodle) and HTML pages.
/// </summary>
internal static partial class PlatformWords
{
    private const int Longest = 400;
    private static readonly string[] Members = ["error_description", "errorMessage", "message", "error", "detail", "title"];

    /// <returns>At most 400 characters without control characters, or null when there is nothing to show.</returns>
    public static string? Read(ReadOnlyMemory<byte> body)
    {
        using var document = RegistrationJson.Parse(body);
        var raw = document is null ? WithoutTags(Encoding.UTF8.GetString(body.Span)) : OfJson(document.RootElement);
        var line = Line(raw);
        return line.Length == 0 ? null : line;
    }

    private static string OfJson(JsonElement root)
    {
        var words = Members.Select(name => RegistrationJson.Text(root, name, int.MaxValue)).OfType<string>();
        if (RegistrationJson.Member(root, "errors") is { ValueKind: JsonValueKind.Array } errors)
            words = words.Concat(errors.EnumerateArray().Select(one => RegistrationJson.Text(one, "message", int.MaxValue) ?? RegistrationJson.Text(one, int.MaxValue)).OfType<string>());
        return string.Join(": ", words.Distinct(StringComparer.Ordinal).Take(3));
    }

    private static string WithoutTags(string text) => System.Net.WebUtility.HtmlDecode(Tag().Replace(Hidden().Replace(text, " "), " "));

    private static string Line(string text)
    {
        StringBuilder line = new();
        foreach (var rune in text.EnumerateRunes())
        {
            // Formatting characters could turn the page's own words around.
            if (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned)
            {
                if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
                continue;
            }

            if (line.Length + rune.Utf16SequenceLength > Longest)
                return line.ToString().TrimEnd() + "…";
            line.Append(rune.ToString());
        }

        return line.ToString().TrimEnd();
    }

    [GeneratedRegex("<(script|style|head)[^>]*>.*?(</\\1\\s*>|$)", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();
}
