using System.Buffers;
using System.Text.Json;
using Lti.Launches;
using Lti.Security;

namespace Lti.Messages.Reading;

/// <summary>Readers of single values. A protocol value of the wrong type is a fault; any other counts as absent.</summary>
internal static class ClaimValue
{
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0x20).Append(0x7f).Select(code => (char)code)]);
    private static readonly SearchValues<char> ControlsWithoutLines =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Append(0x7f).Select(code => (char)code).Except(['\t', '\n', '\r'])]);

    public const int LongestUrl = 4096;
    public const int LongestText = 1024;

    // LTI Core 5.3.3 and 5.4.1: identifiers have at most 255 ASCII characters; some platforms are more generous with sub.
    public const int LongestId = 255;

    /// <summary>A protocol claim: text of at most <paramref name="longest"/> bytes; null counts as absent.</summary>
    public static string? Required(ref Utf8JsonReader reader, LaunchClaims into, int longest)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= longest)
        {
            var text = reader.GetString();
            if (text.AsSpan().ContainsAny(Controls)) into.Fail(LaunchRefusal.ClaimsControlCharacter);
            return text;
        }

        into.Fail(LaunchRefusal.ClaimsMalformed);
        reader.Skip();
        return null;
    }

    /// <summary>Optional text; absent when of another type, empty or too long. Texts for people may have several lines.</summary>
    public static string? Optional(ref Utf8JsonReader reader, LaunchClaims into, int longest = LongestText)
    {
        if (IsText(ref reader) && reader.ValueSpan.Length <= longest)
        {
            var text = reader.GetString();
            if (text.AsSpan().ContainsAny(ControlsWithoutLines)) into.Fail(LaunchRefusal.ClaimsControlCharacter);
            return text;
        }

        reader.Skip();
        return null;
    }

    /// <summary>A person's identifier, moved as bytes; absent when empty, longer than 1,024 bytes or with a control character.</summary>
    public static OpaqueIdentifier? Identifier(ref Utf8JsonReader reader)
    {
        if (!IsText(ref reader) || reader.ValueSpan.Length > LongestText)
        {
            reader.Skip();
            return null;
        }

        Span<byte> bytes = stackalloc byte[LongestText];
        bytes = bytes[..reader.CopyString(bytes)];
        return bytes.IndexOfAnyInRange((byte)0, (byte)0x1f) < 0 && !bytes.Contains((byte)0x7f) ? OpaqueIdentifier.FromUtf8(bytes) : null;
    }

    /// <summary>Whether the value is text with at least one character; the value itself is not read.</summary>
    public static bool IsPresentText(ref Utf8JsonReader reader)
    {
        var present = IsText(ref reader);
        reader.Skip();
        return present;
    }

    /// <summary>Seconds since 1970, whole or with a fraction (RFC 7519 2, NumericDate).</summary>
    public static DateTimeOffset? Time(ref Utf8JsonReader reader, LaunchClaims into)
    {
        const double longestDistance = 253_402_300_799; // the last second of the year 9999
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var seconds) && seconds is >= 0 and <= longestDistance)
            return DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        into.Fail(LaunchRefusal.ClaimsMalformed);
        reader.Skip();
        return null;
    }

    public static bool? Truth(ref Utf8JsonReader reader)
    {
        bool? truth = reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            // Seen in deep linking settings: booleans as text.
            JsonTokenType.String when reader.ValueTextEquals("true"u8) => true,
            JsonTokenType.String when reader.ValueTextEquals("false"u8) => false,
            _ => null,
        };
        reader.Skip();
        return truth;
    }

    /// <summary>Texts in an array, or one text alone; at most 64 of them.</summary>
    public static void Texts(ref Utf8JsonReader reader, LaunchClaims claims, ICollection<string> into, int longest = LongestText)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            if (Optional(ref reader, claims, longest) is { } only) into.Add(only);
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (into.Count >= 64) reader.Skip();
            else if (Optional(ref reader, claims, longest) is { } text) into.Add(text);
        }
    }

    /// <summary>The scopes of the library's own vocabulary; others are skipped.</summary>
    public static void Scopes(ref Utf8JsonReader reader, LaunchClaims into)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                foreach (var scope in LtiScopes.All)
                {
                    if (reader.ValueTextEquals(scope)) into.GradeScopes.Add(scope);
                }
            }

            reader.Skip();
        }
    }

    public static void Roles(ref Utf8JsonReader reader, LaunchClaims into)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Role(ref reader, into);
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) Role(ref reader, into);
    }

    private static void Role(ref Utf8JsonReader reader, LaunchClaims into)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > LongestText)
        {
            reader.Skip();
            return;
        }

        Span<byte> bytes = stackalloc byte[LongestText];
        LtiRoles.Add(into.Roles, bytes[..reader.CopyString(bytes)]);
    }

    private static bool IsText(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty;
}
