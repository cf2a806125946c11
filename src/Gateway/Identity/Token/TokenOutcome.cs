using System.Text.Json.Serialization;

namespace Gateway.Identity.Token;

/// <summary>Tokens, or the error that the client is told.</summary>
internal readonly record struct TokenOutcome(TokenResponse? Response, TokenError? Error)
{
    public static implicit operator TokenOutcome(TokenResponse response) => new(response, null);

    public static implicit operator TokenOutcome(TokenError error) => new(null, error);
}

/// <summary>RFC 6749, 5.1 and OpenID Connect Core 3.1.3.3.</summary>
internal sealed class TokenResponse
{
    [JsonPropertyName("access_token")]
    public required string AccessToken { get; init; }

    [JsonPropertyName("token_type")]
    public string TokenType { get; } = "Bearer";

    /// <summary>Seconds.</summary>
    [JsonPropertyName("expires_in")]
    public required int ExpiresIn { get; init; }

    [JsonPropertyName("scope")]
    public required string Scope { get; init; }

    [JsonPropertyName("id_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IdToken { get; init; }
}

/// <summary>RFC 6749, 5.2. The description is ours alone, never an echo.</summary>
internal sealed record TokenError(string Error, string Description)
{
    public static TokenError InvalidRequest(string description) => new("invalid_request", description);

    public static TokenError InvalidClient(string description) => new("invalid_client", description);

    public static TokenError InvalidGrant(string description) => new("invalid_grant", description);

    /// <summary>Who is not the client it says to be gets 401; everything else is 400.</summary>
    public int Status => Error == "invalid_client" ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest;
}
