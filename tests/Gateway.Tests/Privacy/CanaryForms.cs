using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace Gateway.Tests.Privacy;

/// <summary>
/// A value in one of the forms in which it could hide. Folded forms are compared in upper case, so one of them stands for every way
/// to write the letters.
/// </summary>
internal sealed record CanaryForm(string Kind, string Form, string Pattern, bool Folded, bool WholeWord);

/// <summary>Every form of a value (P-6): plain, upper case, escaped for addresses, JSON and HTML, base64 in each alignment, hex, SHA-256.</summary>
internal static class CanaryForms
{
    private const int ShortestPlain = 5;
    private const int Shortest = 8;

    public static IEnumerable<CanaryForm> Of(PlantedValue planted)
    {
        var (kind, value) = planted;
        if (value.Length < ShortestPlain)
            throw new ArgumentException($"A planted {kind} is too short to be told from chance.", nameof(planted));
        // A short one is looked for as a word, so that it does not turn up by chance inside a longer text.
        yield return new(kind, "plain", value.ToUpperInvariant(), true, value.Length < Shortest);
        var utf8 = Encoding.UTF8.GetBytes(value);
        var hash = SHA256.HashData(utf8);
        IEnumerable<(string Form, string Pattern)> folded =
        [
            ("URL-encoded", Uri.EscapeDataString(value)),
            ("form-encoded", WebUtility.UrlEncode(value)),
            ("JSON-escaped", JavaScriptEncoder.Default.Encode(value)),
            ("HTML-escaped", HtmlEncoder.Default.Encode(value)),
            ("HTML-escaped", WebUtility.HtmlEncode(value)),
            ("hex", Convert.ToHexString(utf8)),
            // The first half: a hash that was cut, or kept as a uuid, is found too.
            ("SHA-256 in hex", Convert.ToHexString(hash.AsSpan(0, 16))),
            ("SHA-256 as a uuid", new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString()),
            ("SHA-256 as a uuid", new Guid(hash.AsSpan(0, 16)).ToString()),
        ];
        foreach (var (form, pattern) in folded)
            if (pattern != value && pattern.Length >= Shortest)
                yield return new(kind, form, pattern.ToUpperInvariant(), true, false);
        foreach (var pattern in Base64Of(utf8))
            yield return new(kind, "base64", pattern, false, false);
        foreach (var pattern in Base64Of(hash.AsSpan(0, 16)))
            yield return new(kind, "SHA-256 in base64", pattern, false, false);
    }

    // Whatever stands before the value moves its bytes by 0, 1 or 2 places; only characters made of its own bytes alone are looked for.
    private static List<string> Base64Of(ReadOnlySpan<byte> bytes)
    {
        var patterns = new List<string>();
        for (var before = 0; before < 3; before++)
        {
            var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var own = text[((before * 8 + 5) / 6)..((before + bytes.Length) * 8 / 6)];
            if (own.Length < Shortest)
                continue;
            patterns.Add(own);
            if (own.AsSpan().ContainsAny('+', '/'))
                patterns.Add(own.Replace('+', '-').Replace('/', '_'));
        }

        return patterns;
    }
}
