using Gateway.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Identity.Authorize;

/// <summary>
/// <c>id_token_hint</c> (OpenID Connect Core 3.1.2.1): an engine that expects a certain person is told when it is somebody else.
/// </summary>
internal sealed class IdTokenHints(SigningKeys keys, PublicAddress address)
{
    private static readonly JsonWebTokenHandler Handler = new();

    /// <summary>Whether the hint is an id_token of ours, expired or not, that names this subject.</summary>
    public async ValueTask<bool> NamesAsync(string hint, string subject, CancellationToken cancellation)
    {
        var published = await keys.PublishedAsync(SigningPurpose.IdTokens, cancellation);
        var result = await Handler.ValidateTokenAsync(hint, new TokenValidationParameters
        {
            ValidAlgorithms = SigningPurpose.IdTokens.Select(purpose => purpose.Algorithm),
            IssuerSigningKeys = published.Select(key => key.PublicKey),
            TryAllIssuerSigningKeys = false,
            ValidIssuer = address.Url,
            // OpenID Connect Core 3.1.2.1: the provider need not be an audience, and it may be a token of an ended session.
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return result is { IsValid: true, SecurityToken: JsonWebToken token } && token.Subject == subject;
    }
}
