namespace Lti.Launches.Phases;

/// <summary>Size first, then three parts of base64url (RFC 7515 7.1).</summary>
internal static class TokenShapePhase
{
    public static LaunchRefusal? Run(LaunchAttempt attempt)
    {
        var token = attempt.Request.IdToken.Span;
        if (token.IsEmpty) return LaunchRefusal.TokenMissing;
        // Base64url writes three bytes as four characters.
        if (token.Length / 4 * 3 > attempt.Options.MaxTokenBytes) return LaunchRefusal.TokenTooLarge;
        if (CompactToken.Read(token) is not { } parts) return LaunchRefusal.TokenMalformed;
        attempt.Token = parts;
        return null;
    }
}
