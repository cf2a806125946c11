using System.Text.Json;
using Gateway.Hosting;

namespace Gateway.Identity.Token.Clients;

/// <summary>The claims of a client assertion: RFC 7523, 3. They are read before its signature is, and believed after.</summary>
internal sealed class AssertionClaims
{
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    // RFC 7523, 3: an exp unreasonably far ahead may be refused; its jti has to be remembered until then.
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);
    private const int LongestId = 256;

    // A name that comes twice is refused: two readers could take it for different values (RFC 7519, 4).
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    public string? Issuer { get; private init; }

    public string? Subject { get; private init; }

    public string? Id { get; private init; }

    private IReadOnlyList<string> Audiences { get; init; } = [];

    // Seconds since 1970, as they came (RFC 7519, 2, NumericDate).
    private double? Expires { get; init; }

    private double? NotBefore { get; init; }

    private double? IssuedAt { get; init; }

    /// <summary>Until when this assertion could be accepted, which <see cref="FirstFault"/> has bounded.</summary>
    public DateTimeOffset ExpiresAt => DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(Expires!.Value) + Leeway;

    /// <summary>The claims, or null when the payload is no JSON object with claims of the right types.</summary>
    public static AssertionClaims? Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, Strict);
            var claims = document.RootElement;
            return new()
            {
                Issuer = TextOf(claims, "iss"),
                Subject = TextOf(claims, "sub"),
                Id = TextOf(claims, "jti"),
                Audiences = claims.TryGetProperty("aud", out var aud) ? TextsOf(aud) : [],
                Expires = NumberOf(claims, "exp"),
                NotBefore = NumberOf(claims, "nbf"),
                IssuedAt = NumberOf(claims, "iat"),
            };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with a verified assertion of this client, in words of ours; null when nothing is.</summary>
    public string? FirstFault(string clientId, string[] audiences, DateTimeOffset now)
    {
        var (seconds, leeway) = ((now - DateTimeOffset.UnixEpoch).TotalSeconds, Leeway.TotalSeconds);
        if (Issuer != clientId || Subject != clientId)
            return "the client assertion's iss and sub must be the client id";
        if (!Audiences.Intersect(audiences, StringComparer.Ordinal).Any())
            return "the client assertion's aud must be the token endpoint or the issuer";
        if (Expires is not { } expires || expires <= seconds - leeway)
            return "the client assertion is expired, or says not until when it is good";
        if (expires > seconds + LongestLife.TotalSeconds + leeway)
            return "the client assertion is good for too long: 10 minutes at most";
        if (NotBefore > seconds + leeway || IssuedAt > seconds + leeway)
            return "the client assertion is not good yet";
        return Id is { Length: > 0 and <= LongestId } id && !ControlCharacters.Are(id) ? null : "the client assertion's jti is missing, too long or holds a control character";
    }

    private static string? TextOf(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double? NumberOf(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) ? value.GetDouble() : null;

    private static string[] TextsOf(JsonElement aud) =>
        aud.ValueKind == JsonValueKind.Array ? [.. aud.EnumerateArray().Select(one => one.GetString()).OfType<string>()] : [aud.GetString() ?? ""];
}
