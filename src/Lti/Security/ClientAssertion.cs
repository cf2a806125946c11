using System.Buffers.Text;
using System.Security.Cryptography;
using Lti.Registrations;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lti.Security;

/// <summary>The signed proof with which the tool asks a platform for an access token (RFC 7523 3; 1EdTech Security Framework 4.1.1).</summary>
public static class ClientAssertion
{
    /// <summary>How long an assertion is valid, from its <c>iat</c>.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long before now an assertion says that it was issued. A platform whose clock is behind by less takes it: Moodle refuses one that
    /// is a second ahead of its own clock. A platform whose clock is ahead takes it for the rest of the lifetime, four minutes; Canvas refuses an
    /// <c>iat</c> older than five.
    /// </summary>
    public static readonly TimeSpan Backdated = TimeSpan.FromSeconds(60);

    private static readonly JsonWebTokenHandler Writer = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A compact JWS: <c>iss</c> = <c>sub</c> = client id, <c>aud</c> = the registration's audience or token endpoint, a fresh <c>jti</c>.</summary>
    public static string Create(Registration registration, ToolKey key, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(registration);
        ArgumentNullException.ThrowIfNull(key);
        var issuedAt = now - Backdated;
        return Writer.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = registration.ClientId,
            Audience = registration.TokenAudience ?? registration.TokenEndpoint.OriginalString,
            IssuedAt = issuedAt.UtcDateTime,
            Expires = (issuedAt + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["sub"] = registration.ClientId,
                ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
            },
            SigningCredentials = key.Signing,
        });
    }
}
