using Lti.Registrations;

namespace Lti.Launches.Phases;

/// <summary>The registration is the login's own, never one that the token names.</summary>
internal sealed class RegistrationPhase(IRegistrationStore registrations)
{
    public async ValueTask<LaunchRefusal?> RunAsync(LaunchAttempt attempt, CancellationToken cancellationToken)
    {
        if (await registrations.GetAsync(attempt.State.RegistrationId, cancellationToken) is not { } registration)
            return LaunchRefusal.RegistrationGone;
        if (registration.IsPending) return LaunchRefusal.RegistrationPending;
        attempt.Registration = registration;
        return null;
    }
}
