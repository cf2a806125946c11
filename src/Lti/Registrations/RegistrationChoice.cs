using Lti.Launches;

namespace Lti.Registrations;

/// <summary>Tells several registrations under one issuer apart, without ever guessing.</summary>
internal static class RegistrationChoice
{
    /// <summary>Chooses for a login; null when it succeeded.</summary>
    /// <param name="found">What the host knows of the issuer.</param>
    /// <param name="issuer">The login's <c>iss</c>.</param>
    /// <param name="clientId">The login's <c>client_id</c>, or null.</param>
    /// <param name="deploymentId">The login's deployment, or null: it is optional (1EdTech Security Framework 5.1.1.1).</param>
    /// <param name="chosen">The registration.</param>
    /// <param name="isOpen">
    /// Whether <paramref name="chosen"/> stands for several customers of one platform that share the client id, keys and authorization
    /// endpoint: the login says no more, and the deployment of the signed token decides (<see cref="OfDeployment"/>).
    /// </param>
    public static LaunchRefusal? Choose(
        IReadOnlyList<Registration> found, string issuer, string? clientId, string? deploymentId, out Registration? chosen, out bool isOpen)
    {
        (chosen, isOpen) = (null, false);
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
        if (fitting[0].IsPending) return fitting.Count > 1 ? LaunchRefusal.RegistrationAmbiguous : LaunchRefusal.RegistrationPending;
        isOpen = fitting.Count > 1;
        // Without the client id the platform has not said which client it means, and another answer would be another tool's.
        if (isOpen && (clientId is null || !fitting.TrueForAll(one => IsSameClient(one, fitting[0])))) return LaunchRefusal.RegistrationAmbiguous;
        chosen = fitting[0];
        return null;
    }

    /// <summary>The one registration, of those that share a client with <paramref name="standIn"/>, that knows the deployment; or null.</summary>
    public static Registration? OfDeployment(IReadOnlyList<Registration> found, Registration standIn, string deploymentId)
    {
        var fitting = found.Where(one => !one.IsPending && IsSameClient(one, standIn) && one.DeploymentIds.Contains(deploymentId)).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }

    // What was sent to the one address and signed by the one key set is as good for each of them.
    private static bool IsSameClient(Registration one, Registration other) =>
        one.Issuer == other.Issuer && one.ClientId == other.ClientId
        && one.AuthorizationEndpoint == other.AuthorizationEndpoint && one.JwksUri == other.JwksUri;
}
