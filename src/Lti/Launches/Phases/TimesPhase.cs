namespace Lti.Launches.Phases;

/// <summary>The times of an id_token (1EdTech Security Framework 5.1.3, 7 and 8), and what they say of the platform's clock.</summary>
internal sealed class TimesPhase(IPlatformClocks? clocks)
{
    public LaunchRefusal? Run(LaunchAttempt attempt)
    {
        var (claims, now, leeway) = (attempt.Claims, attempt.Now, attempt.Options.ClockLeeway);
        if (claims.Expires is not { } expires || claims.IssuedAt is not { } issuedAt) return LaunchRefusal.TimesMissing;
        clocks?.Seen(attempt.Registration, now - issuedAt);
        if (expires <= now - leeway) return LaunchRefusal.TokenExpired;
        if (issuedAt > now + leeway) return LaunchRefusal.TokenFromFuture;
        if (claims.NotBefore > now + leeway) return LaunchRefusal.TokenNotYetValid;
        return issuedAt < now - attempt.Options.MaxTokenAge - leeway ? LaunchRefusal.TokenTooOld : null;
    }
}
