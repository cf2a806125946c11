using Lti.Launches;

namespace Lti.Registrations;

/// <summary>Tells several registrations under one issuer apart, without ever guessing.</summary>
internal static class RegistrationChoice
{
    public static LaunchRefusal? Choose(
        IReadOnlyList<Registration> found, string issuer, string? clientId, string? deploymentId, out Registration? chosen)
    {
        chosen = null;
        var fitting = found.Where(one => one.Issuer == issuer && (clientId is null || one.ClientId == clientId)).ToList();
        // One that nobody has approved yet must not make a working one ambiguous.
        if (fitting.Exists(one => !one.IsPending)) fitting.RemoveAll(one => one.IsPending);
        if (fitting.Count > 1 && deploymentId is not null)
        {
            // Two customers may share one client id at the platform; the deployment then names the customer.
            fitting = fitting.Where(one => one.DeploymentIds.Contains(deploymentId)).ToList() is { Count: > 0 } narrowed
                ? narrowed
                : fitting;
        }

        if (fitting.Count == 0) return LaunchRefusal.RegistrationUnknown;
        if (fitting.Count > 1) return LaunchRefusal.RegistrationAmbiguous;
        if (fitting[0].IsPending) return LaunchRefusal.RegistrationPending;
        chosen = fitting[0];
        return null;
    }
}
