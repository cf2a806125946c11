using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lti.Messages;
using Lti.Security;

namespace Lti.Launches.Phases;

/// <summary>
/// The platform proves with the secret of LTI 1.1 that it is the one of then (LTI 1.3 Migration Guide, oauth_consumer_key_sign).
/// Without a signature, or without a secret on file, the claim says nothing; a signature that is wrong is somebody else's.
/// </summary>
internal sealed class LegacyClaimPhase(ILegacySecretStore? secrets)
{
    public async ValueTask<LaunchRefusal?> RunAsync(LaunchAttempt attempt, CancellationToken cancellationToken)
    {
        var claims = attempt.Claims;
        if (secrets is null || claims is not { LegacyConsumerKey: { } consumerKey, LegacySignature: { } signature }) return null;
        if (await secrets.FindAsync(attempt.Registration, consumerKey, cancellationToken) is not { } secret) return null;
        if (!Verifies(secret.Span, BaseString(attempt, consumerKey), signature)) return LaunchRefusal.LegacySignatureInvalid;
        if (claims.LegacyUser is { } user) attempt.LegacyUser = new LegacyUser(consumerKey, user);
        return null;
    }

    private static string BaseString(LaunchAttempt attempt, string consumerKey) => string.Join(
        '&',
        consumerKey,
        attempt.Claims.DeploymentId,
        attempt.Claims.Issuer,
        attempt.Registration.ClientId,
        attempt.Claims.Expires!.Value.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        attempt.Claims.Nonce);

    private static bool Verifies(ReadOnlySpan<byte> secret, string baseString, string signature)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(baseString), expected);
        return Convert.TryFromBase64String(signature, claimed, out var written)
            && CryptographicOperations.FixedTimeEquals(claimed[..written], expected);
    }
}
