using System.Buffers.Text;
using System.Security.Cryptography;
using Lti.Registrations;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lti.Security;

/// <summary>The signed proof with which the tool asks a platform for an access token (RFC 7523 3; 1EdTech Security Framework 4.1.1).</summary>
public static class ClientAssertion
{
    /// <summary>How long an assertion is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private static readonly JsonWebTokenHandler Writer = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A compact JWS: <c>iss</c> = <c>sub</c> = client id, <c>aud</c> = token endpoint, a fresh <c>jti</c>, five minutes.</summary>
    public static string Create(Registration registration, ToolKey key, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(registration);
        ArgumentNullException.ThrowIfNull(key);
        return Writer.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = registration.ClientId,
            Audience = registration.TokenAudience ?? registration.TokenEndpoint.OriginalString,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["sub"] = registration.ClientId,
                ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
            },
            SigningCredentials = key.Signing,
        });
    }
}
