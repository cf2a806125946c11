using System.Text.Json;
using Gateway.Storage.Model;

namespace Gateway.Platforms;

/// <summary>
/// The addresses that matter for trust: the owner of one of them can speak for the platform, or be spoken to in its place. They wait after a
/// platform registered again with others, and those that somebody approved stay in force meanwhile.
/// </summary>
internal sealed record WaitingAddresses(string Authorize, string Token, string Jwks, string? TokenAudience)
{
    public static WaitingAddresses InForce(Registration registration) =>
        new(registration.AuthorizationEndpoint, registration.TokenEndpoint, registration.JwksUri, registration.TokenAudience);

    /// <summary>Those that wait, or null.</summary>
    public static WaitingAddresses? Of(Registration registration) =>
        registration.WaitingAddresses is { } json ? JsonSerializer.Deserialize<WaitingAddresses>(json) : null;

    public string ToJson() => JsonSerializer.Serialize(this);

    public void PutInForce(Registration registration)
    {
        (registration.AuthorizationEndpoint, registration.TokenEndpoint, registration.JwksUri, registration.TokenAudience) = (Authorize, Token, Jwks, TokenAudience);
        registration.WaitingAddresses = null;
    }

    public PlatformEndpoints At(string issuer) => new(issuer, Authorize, Token, Jwks) { TokenAudience = TokenAudience };
}
