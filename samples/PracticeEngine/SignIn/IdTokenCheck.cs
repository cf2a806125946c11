using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Samples.PracticeEngine.SignIn;

/// <summary>OpenID Connect Core 3.1.3.7.</summary>
internal sealed class IdTokenCheck(PracticeEngineOptions options, Provider provider)
{
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    /// <summary>The claims, or null when the token is not to be trusted.</summary>
    public async Task<JsonElement?> ClaimsAsync(string idToken, string nonce, CancellationToken cancel)
    {
        JsonWebToken? token = await ValidateAsync(idToken, await provider.ReadAsync(cancel))
            // The provider may have changed its keys since they were read.
            ?? await ValidateAsync(idToken, await provider.ReadAsync(cancel, again: true));
        if (token is null || string.IsNullOrEmpty(token.Subject))
            return null;
        using JsonDocument payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        JsonElement claims = payload.RootElement.Clone();
        if (!claims.TryGetProperty("nonce", out JsonElement n) || n.ValueKind != JsonValueKind.String || !Secrets.Same(n.GetString(), nonce))
            return null;
        // Several audiences are told apart by azp.
        bool foreign = claims.TryGetProperty("azp", out JsonElement party)
            ? party.GetString() != options.ClientId
            : token.Audiences.Count() > 1;
        return foreign ? null : claims;
    }

    private async Task<JsonWebToken?> ValidateAsync(string idToken, Provider.Known known)
    {
        TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(idToken, new TokenValidationParameters
        {
            ValidIssuer = known.Metadata.Issuer,
            ValidAudience = options.ClientId,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKeys = known.Keys.GetSigningKeys(),
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = (notBefore, expires, _, _) =>
            {
                DateTime now = options.Time.GetUtcNow().UtcDateTime;
                return expires is { } end && end > now - Leeway && (notBefore is not { } start || start < now + Leeway);
            },
        });
        return result.IsValid ? (JsonWebToken)result.SecurityToken : null;
    }
}
