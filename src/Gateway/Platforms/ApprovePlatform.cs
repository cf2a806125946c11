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
    /// <param name="district">Whose it is.</param>
    /// <param name="id">Its number.</param>
    /// <param name="confirmedHosts">Hosts off the issuer's site that a person has looked at and confirms.</param>
    /// <param name="learnsAll">Canvas only: every deployment that launches is learned from now on.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Outcome<Registration>> RunAsync(int district, int id, IReadOnlyCollection<string> confirmedHosts, bool learnsAll, CancellationToken cancellation)
    {
        var asked = await database.InDistrictAsync(
            district, session => session.Model.Registrations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellation), cancellation);
        if (asked is null)
            return PlatformFailures.Unknown;
        // Asked again: what was nobody's when the platform registered may be another's by now.
        var (kind, wanted) = (PlatformKinds.Of(asked.Kind), WaitingAddresses.Of(asked) ?? WaitingAddresses.InForce(asked));
        if (await audiences.IsOfAnotherAsync(id, wanted.At(asked.Issuer), kind, cancellation))
            return TokenAudiences.OfAnother;
        if (asked is not { State: RegistrationState.Active, WaitingAddresses: null } && PlatformSite.Unconfirmed(wanted.At(asked.Issuer), kind, confirmedHosts).Count > 0)
            return PlatformFailures.AddressesUnconfirmed;
        if (learnsAll && kind != PlatformKinds.Canvas)
            return LearnDeployments.CanvasOnly;

        try
        {
            var approved = await ApproveAsync(district, id, wanted, learnsAll, cancellation);
            directory.Forget(id);
            return approved is null ? PlatformFailures.ChangedMeanwhile : approved;
        }
        catch (Exception e) when (PlatformConflicts.Of(e) is { } conflict)
        {
            return conflict;
        }
    }

    // Only what was looked at is approved; null: the platform registered again meanwhile.
    private Task<Registration?> ApproveAsync(int district, int id, WaitingAddresses wanted, bool learnsAll, CancellationToken cancellation) => database.InDistrictAsync(district, async session =>
    {
        var registration = await session.Model.Registrations.SingleOrDefaultAsync(r => r.Id == id, cancellation);
        if (registration is null || (WaitingAddresses.Of(registration) ?? WaitingAddresses.InForce(registration)) != wanted)
            return null;
        if (registration is { State: RegistrationState.Active, WaitingAddresses: null } && (!learnsAll || registration.LearnsAllDeployments))
            return registration;
        wanted.PutInForce(registration);
        registration.State = RegistrationState.Active;
        registration.LearnsAllDeployments |= learnsAll;
        await session.Model.SaveChangesAsync(cancellation);
        await trail.AppendAsync(session, AuditEntry.ByOperator("platform.approved", ("platform", id.ToString(CultureInfo.InvariantCulture))), cancellation);
        return registration;
    }, cancellation);
}
