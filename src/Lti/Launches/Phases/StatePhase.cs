using Lti.Security;

namespace Lti.Launches.Phases;

/// <summary>The state is ours, unaltered and in time (OpenID Connect Core 3.2.2.1; RFC 6819 4.4.1.8).</summary>
internal sealed class StatePhase(IStateProtector protector)
{
    public LaunchRefusal? Run(LaunchAttempt attempt)
    {
        if (string.IsNullOrEmpty(attempt.Request.State)) return LaunchRefusal.StateMissing;
        if (!protector.TryUnprotect(attempt.Request.State, out var plain)) return LaunchRefusal.StateInvalid;
        if (LoginState.FromBytes(plain) is not { } state) return LaunchRefusal.StateInvalid;
        attempt.State = state;
        return attempt.Now < state.ExpiresAt ? null : LaunchRefusal.StateExpired;
    }
}
