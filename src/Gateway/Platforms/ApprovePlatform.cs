using System.Globalization;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>
/// Lets a platform in: one that registered itself, or one that was removed (L-2.1); addresses that it asked for when it registered again are in
/// force from then on. The next login works. What is approved here was shown to the operator, the audience of assertions included.
/// </summary>
internal sealed class ApprovePlatform(GatewayDatabase database, RegistrationDirectory directory, TokenAudienceOwners audiences, AuditTrail trail)
{
    /// <summary>The registration; one that is active already stays so.</summary>
    public async Task<Outcome<Registration>> RunAsync(int district, int id, CancellationToken cancellation)
    {
        var asked = await database.InDistrictAsync(
            district, session => session.Model.Registrations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellation), cancellation);
        if (asked is null)
            return PlatformFailures.Unknown;
        // Asked again: what was nobody's when the platform registered may be another's by now.
        var wanted = WaitingAddresses.Of(asked) ?? WaitingAddresses.InForce(asked);
        if (await audiences.IsOfAnotherAsync(id, wanted.At(asked.Issuer), PlatformKinds.Of(asked.Kind), cancellation))
            return TokenAudiences.OfAnother;

        var approved = await database.InDistrictAsync(district, async session =>
        {
            var registration = await session.Model.Registrations.SingleOrDefaultAsync(r => r.Id == id, cancellation);
            if (registration is null)
                return null;
            // Only what was looked at is approved.
            if ((WaitingAddresses.Of(registration) ?? WaitingAddresses.InForce(registration)) != wanted)
                return null;
            if (registration is { State: RegistrationState.Active, WaitingAddresses: null })
                return registration;
            wanted.PutInForce(registration);
            registration.State = RegistrationState.Active;
            await session.Model.SaveChangesAsync(cancellation);
            await trail.AppendAsync(session, AuditEntry.ByOperator("platform.approved", ("platform", id.ToString(CultureInfo.InvariantCulture))), cancellation);
            return registration;
        }, cancellation);
        if (approved is null)
            return PlatformFailures.ChangedMeanwhile;
        directory.Forget(id);
        return approved;
    }
}
