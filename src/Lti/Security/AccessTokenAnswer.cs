using System.Collections.Immutable;
using System.Text.Json;

namespace Lti.Security;

/// <summary>Reads a token endpoint's answers.</summary>
internal static class AccessTokenAnswer
{
    // RFC 6749 5.1 leaves expires_in optional; LTI platforms' tokens live for an hour.
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    // RFC 6749 5.2: the only words of a refusal that go further.
    private static readonly string[] KnownErrors =
        ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope"];

    public static AccessToken? Read(ReadOnlySpan<byte> utf8, string askedScope, DateTimeOffset askedAt)
    {
        try
        {
            Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = 16 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            string? value = null, scope = null;
            var lifetime = Unsaid;
            var isBearer = true;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("access_token"u8)) value = Text(ref reader);
                else if (reader.ValueTextEquals("scope"u8)) scope = Text(ref reader);
                else if (reader.ValueTextEquals("token_type"u8))
                    isBearer = "bearer".Equals(Text(ref reader), StringComparison.OrdinalIgnoreCase);
                else if (reader.ValueTextEquals("expires_in"u8)) lifetime = Seconds(ref reader) ?? Unsaid;
                else reader.Read();
                reader.Skip();
            }

            // A value with other characters could not be sent in a header (RFC 6750 2.1).
            if (string.IsNullOrEmpty(value) || !isBearer || value.Any(static letter => letter is <= ' ' or > '~')) return null;
            var granted = (string.IsNullOrWhiteSpace(scope) ? askedScope : scope).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new AccessToken(value, askedAt, lifetime, granted.ToImmutableHashSet(StringComparer.Ordinal));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The code of a refusal. Words about the clock count for more than the error's name: platforms give them under several names.</summary>
    public static string RefusalCode(ReadOnlySpan<byte> utf8)
    {
        string? name = null;
        try
        {
            Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = 16 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return "lti.token_refused";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isName = reader.ValueTextEquals("error"u8);
                reader.Read();
                if (reader.TokenType == JsonTokenType.String && reader.GetString() is { } words)
                {
                    if (ClockWords.CodeOf(words) is { } clock) return clock;
                    if (isName) name ??= Array.Find(KnownErrors, known => known == words);
                }

                reader.Skip();
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The platform's page of an error, often HTML.
        }

        return name is null ? "lti.token_refused" : "lti.token_" + name;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    private static TimeSpan? Seconds(ref Utf8JsonReader reader)
    {
        reader.Read();
        double? seconds = reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetDouble(out var number) => number,
            // Seen: a number written as text.
            JsonTokenType.String when double.TryParse(reader.ValueSpan, out var number) => number,
            _ => null,
        };
        return seconds is > 0 ? TimeSpan.FromSeconds(Math.Min(seconds.Value, Longest.TotalSeconds)) : null;
    }
}
