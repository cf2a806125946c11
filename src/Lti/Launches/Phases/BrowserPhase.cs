using System.Security.Cryptography;

namespace Lti.Launches.Phases;

/// <summary>The browser that finishes is the one that began: it brings the value whose hash the state holds.</summary>
internal static class BrowserPhase
{
    public static LaunchRefusal? Run(LaunchAttempt attempt)
    {
        var name = BrowserBinding.NameFor(attempt.Request.State!, attempt.Options);
        return attempt.Request.ReadBinding(name) is { } value
            && CryptographicOperations.FixedTimeEquals(LoginState.HashBinding(value), attempt.State.BindingHash)
                ? null
                : LaunchRefusal.BrowserMismatch;
    }
}
