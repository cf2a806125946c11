using System.Globalization;
using Gateway.Privacy;
using Lti.Messages;
using Lti.Registrations;

namespace Gateway.Launches;

/// <summary>Which claims may be read of a launch: those of the policy's version that the registration's district has accepted (P-4.3); of the places
/// for the SIS id, the one that the registration chose.</summary>
internal sealed class AcceptedClaims(RegistrationDirectory registrations, PrivacyPolicy policy) : IClaimPolicy
{
    public async ValueTask<ClaimAllowList> AllowedAsync(Registration registration, CancellationToken cancellationToken)
    {
        // Known since the login, as a rule. One that went away meanwhile is refused by the admission.
        var platform = await registrations.GetAsync(int.Parse(registration.Id, CultureInfo.InvariantCulture), cancellationToken);
        return policy.ClaimsFor(platform?.AcceptedPolicy ?? 1, platform?.SisParameter);
    }
}
