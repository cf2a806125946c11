using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Lti.Launches.Phases;

/// <summary>The claims of an id_token (1EdTech Security Framework 5.1.3; OpenID Connect Core 3.1.3.7).</summary>
internal static class TokenClaimPhases
{
    public static LaunchRefusal? Issuer(LaunchAttempt attempt)
    {
        if (string.IsNullOrEmpty(attempt.Claims.Issuer)) return LaunchRefusal.IssuerMissing;
        return attempt.Claims.Issuer == attempt.Registration.Issuer ? null : LaunchRefusal.IssuerMismatch;
    }

    public static LaunchRefusal? Audience(LaunchAttempt attempt)
    {
        var (claims, clientId) = (attempt.Claims, attempt.Registration.ClientId);
        if (claims.Audiences.Count == 0) return LaunchRefusal.AudienceMissing;
        if (!claims.Audiences.Contains(clientId)) return LaunchRefusal.AudienceMismatch;
        // Security Framework 5.1.3, 4 and 5: azp is needed with several audiences, and right wherever it is present.
        if (string.IsNullOrEmpty(claims.AuthorizedParty))
            return claims.Audiences.Count == 1 ? null : LaunchRefusal.AuthorizedPartyMismatch;
        return claims.AuthorizedParty == clientId ? null : LaunchRefusal.AuthorizedPartyMismatch;
    }

    public static LaunchRefusal? Nonce(LaunchAttempt attempt)
    {
        if (string.IsNullOrEmpty(attempt.Claims.Nonce)) return LaunchRefusal.NonceMissing;
        var ours = Base64Url.EncodeToUtf8(attempt.State.Nonce);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(attempt.Claims.Nonce), ours) ? null : LaunchRefusal.NonceMismatch;
    }
}
