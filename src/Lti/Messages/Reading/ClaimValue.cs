using System.Buffers;
using System.Text;
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

    /// <summary>
    /// An id: text of at most <paramref name="longest"/> bytes, or a whole number as its text (<see cref="WholeNumber"/>). Null and an empty
    /// text count as absent; anything else is a fault that names the claim.
    /// </summary>
    public static string? Id(ref Utf8JsonReader reader, LaunchClaims into, string name, int longest = LongestText) =>
        IsId(ref reader, into, name, longest) ? TextOf(ref reader, into, Controls) : null;

    /// <summary>The same for a person's id, moved as bytes.</summary>
    public static OpaqueIdentifier? PersonId(ref Utf8JsonReader reader, LaunchClaims into, string name)
    {
        if (!IsId(ref reader, into, name, LongestText)) return null;
        if (Identifier(ref reader) is { } id) return id;
        into.Fail(LaunchRefusal.ClaimsControlCharacter);
        return null;
    }

    /// <summary>Whether there is such an id, one of the wrong type being a fault; the value is not kept.</summary>
    public static bool IsPresentId(ref Utf8JsonReader reader, LaunchClaims into, string name) => IsId(ref reader, into, name, LongestText);

    /// <summary>Optional text, or a whole number as its text; absent when of another type, empty or too long. Texts for people may have several lines.</summary>
    public static string? Optional(ref Utf8JsonReader reader, LaunchClaims into, int longest = LongestText)
    {
        if (IsText(ref reader) && reader.ValueSpan.Length <= longest) return TextOf(ref reader, into, ControlsWithoutLines);
        reader.Skip();
        return null;
    }

    /// <summary>An optional address; absent when it is no text, empty or too long.</summary>
    public static string? Url(ref Utf8JsonReader reader, LaunchClaims into)
    {
        if (reader.TokenType == JsonTokenType.String) return Optional(ref reader, into, LongestUrl);
        reader.Skip();
        return null;
    }

    /// <summary>A person's identifier, moved as bytes; absent when of another type, empty, longer than 1,024 bytes or with a control character.</summary>
    public static OpaqueIdentifier? Identifier(ref Utf8JsonReader reader)
    {
        if (!IsText(ref reader) || reader.ValueSpan.Length > LongestText)
        {
            reader.Skip();
            return null;
        }

        if (reader.TokenType == JsonTokenType.Number) return OpaqueIdentifier.FromUtf8(reader.ValueSpan);
        Span<byte> bytes = stackalloc byte[LongestText];
        bytes = bytes[..reader.CopyString(bytes)];
        return bytes.IndexOfAnyInRange((byte)0, (byte)0x1f) < 0 && !bytes.Contains((byte)0x7f) ? OpaqueIdentifier.FromUtf8(bytes) : null;
    }

    /// <summary>Whether the value is text with at least one character; the value itself is not read.</summary>
    public static bool IsPresentText(ref Utf8JsonReader reader)
    {
        var present = reader.TokenType == JsonTokenType.String && IsText(ref reader);
        reader.Skip();
        return present;
    }

    /// <summary>Seconds since 1970, whole or with a fraction (RFC 7519 2, NumericDate); null counts as absent.</summary>
    public static DateTimeOffset? Time(ref Utf8JsonReader reader, LaunchClaims into)
    {
        const double longestDistance = 253_402_300_799; // the last second of the year 9999
        if (reader.TokenType == JsonTokenType.Null) return null;
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

    /// <summary>The audience: ids in an array, or one alone (RFC 7519 4.1.3).</summary>
    public static void Audiences(ref Utf8JsonReader reader, LaunchClaims into)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            if (Id(ref reader, into, "aud") is { } only) into.Audiences.Add(only);
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (into.Audiences.Count >= 64) reader.Skip();
            else if (Id(ref reader, into, "aud") is { } text) into.Audiences.Add(text);
        }
    }

    /// <summary>
    /// The scopes of the library's own vocabulary, in an array or, as OAuth writes them (RFC 6749 3.3), in one text with blanks between;
    /// others are skipped.
    /// </summary>
    public static void Scopes(ref Utf8JsonReader reader, LaunchClaims into)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            foreach (var scope in (Optional(ref reader, into, LongestUrl) ?? "").Split(' '))
            {
                if (LtiScopes.All.Contains(scope)) into.GradeScopes.Add(scope);
            }

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

    private static bool IsId(ref Utf8JsonReader reader, LaunchClaims into, string name, int longest)
    {
        if (IsText(ref reader) && reader.ValueSpan.Length <= longest) return true;
        if (reader.TokenType == JsonTokenType.String)
        {
            if (!reader.ValueSpan.IsEmpty) into.Fail(LaunchRefusal.ClaimsMalformed);
        }
        else if (reader.TokenType != JsonTokenType.Null)
        {
            into.Fail(LaunchRefusal.ClaimTypeInvalid.Naming(name));
        }

        reader.Skip();
        return false;
    }

    private static bool IsText(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => !reader.ValueSpan.IsEmpty,
        JsonTokenType.Number => WholeNumber.IsText(reader.ValueSpan),
        _ => false,
    };

    private static string TextOf(ref Utf8JsonReader reader, LaunchClaims into, SearchValues<char> forbidden)
    {
        if (reader.TokenType == JsonTokenType.Number) return Encoding.ASCII.GetString(reader.ValueSpan);
        var text = reader.GetString()!;
        if (text.AsSpan().ContainsAny(forbidden)) into.Fail(LaunchRefusal.ClaimsControlCharacter);
        return text;
    }
}
