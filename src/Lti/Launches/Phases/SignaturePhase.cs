namespace Lti.Launches.Phases;

/// <summary>RFC 7515 5.2.</summary>
internal static class SignaturePhase
{
    public static LaunchRefusal? Run(LaunchAttempt attempt)
    {
        var token = attempt.Token;
        attempt.IsSignatureVerified = attempt.Keys.Any(key => key.Verifies(attempt.Header.Algorithm, token.Signed, token.Signature));
        return attempt.IsSignatureVerified ? null : LaunchRefusal.SignatureInvalid;
    }
}
