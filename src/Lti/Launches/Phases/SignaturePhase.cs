using Lti.Security;

namespace Lti.Launches.Phases;

/// <summary>RFC 7515 5.2.</summary>
internal static class SignaturePhase
{
    public static LaunchRefusal? Run(LaunchAttempt attempt)
    {
        attempt.IsSignatureVerified = IsBy(attempt.Keys, attempt.Header, attempt.Token);
        return attempt.IsSignatureVerified ? null : LaunchRefusal.SignatureInvalid;
    }

    public static bool IsBy(IEnumerable<PlatformKey> keys, TokenHeader header, CompactToken token) =>
        keys.Any(key => key.Verifies(header.Algorithm, token.Signed, token.Signature));
}
