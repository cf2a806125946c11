namespace Gateway.Platforms;

/// <summary>What identifies a platform and where it answers.</summary>
internal sealed record PlatformEndpoints(string Issuer, string Authorize, string Token, string Jwks)
{
    /// <summary>The <c>aud</c> of client assertions; null: the token endpoint's address.</summary>
    public string? TokenAudience { get; init; }
}
