using System.Security.Cryptography;
using Gateway.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Identity.Token;

/// <summary>Access tokens for the API: ES256 JWTs as RFC 9068 describes them, checked without a look at the database.</summary>
internal sealed class AccessTokens(SigningKeys keys, PublicAddress address, TimeProvider time)
{
    private const string Type = "at+jwt";
    private const string CredentialClaim = "credential";
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>How long a token for the API is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private string ApiAudience => $"{address.Url}/api";

    /// <summary>A token for the engine itself, good at the API for as long as the engine has the credential that it showed for it.</summary>
    public async ValueTask<string> ForEngineAsync(string clientId, long credential, string scope, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var pair = await keys.ActiveAsync(SigningPurpose.OpenId, cancellation);
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = Type,
            Issuer = address.Url,
            Audience = ApiAudience,
            IssuedAt = now,
            Expires = now + Lifetime,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = clientId,
                ["client_id"] = clientId,
                ["scope"] = scope,
                [CredentialClaim] = credential,
                ["jti"] = RandomNumberGenerator.GetHexString(32, lowercase: true),
            },
            SigningCredentials = pair.Credentials,
        });
    }

    /// <summary>Who calls and what for, or null when the token is not one of ours for the API, or its time is over.</summary>
    public async ValueTask<EngineAccess?> OpenAsync(string token, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var published = await keys.PublishedAsync(SigningPurpose.OpenId, cancellation);
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidTypes = [Type],
            ValidAlgorithms = [SigningPurpose.OpenId.Algorithm],
            IssuerSigningKeys = published.Select(key => key.PublicKey),
            TryAllIssuerSigningKeys = false,
            ValidIssuer = address.Url,
            ValidAudience = ApiAudience,
            LifetimeValidator = (_, expires, _, _) => expires > now,
        });
        return result is { IsValid: true, SecurityToken: JsonWebToken jwt }
            && jwt.TryGetPayloadValue<string>("client_id", out var clientId)
            && jwt.TryGetPayloadValue<string>("scope", out var scope)
            && jwt.TryGetPayloadValue<long>(CredentialClaim, out var credential)
            ? new EngineAccess(clientId, credential, scope.Split(' ')) { Kid = jwt.Kid, ExpiresAt = jwt.ValidTo }
            : null;
    }
}

/// <summary>What an access token grants.</summary>
internal sealed record EngineAccess(string ClientId, long Credential, IReadOnlyList<string> Scopes)
{
    /// <summary>The key that signed it.</summary>
    public required string Kid { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime ExpiresAt { get; init; }
}
