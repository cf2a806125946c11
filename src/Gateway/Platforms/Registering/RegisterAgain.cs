using System.Globalization;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms.Registering;

/// <summary>
/// A platform that is registered for the district registers again, with the same issuer and client id: "Update" in Moodle. What works goes on
/// working; addresses that changed wait for an approval of their own.
/// </summary>
internal sealed class RegisterAgain(GatewayDatabase database, RegistrationDirectory directory, AuditTrail trail)
{
    /// <summary>The registration as it stands now, or null: the platform is new here.</summary>
    /// <param name="asked">What the platform said this time; not stored itself.</param>
    /// <param name="deployment">The deployment that it named, or null.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<Registration?> RunAsync(Registration asked, string? deployment, CancellationToken cancellation)
    {
        var known = await database.InDistrictAsync(asked.DistrictId, async session =>
        {
            var found = await session.Model.Registrations.OrderBy(r => r.Id)
                .FirstOrDefaultAsync(r => r.Issuer == asked.Issuer && r.ClientId == asked.ClientId, cancellation);
            if (found is null)
                return null;
            Change(found, WaitingAddresses.InForce(asked));
            await AddDeploymentAsync(session, found, deployment, asked.CreatedAt, cancellation);
            // The platform was told the address of new keys with this registration, and looks for the gateway's signatures there from now on.
            var left = found.KeySetId;
            (found.KeySetId, found.NextKeySetId) = (asked.KeySetId, null);
            await session.Model.SaveChangesAsync(cancellation);
            if (left is { } set)
                await ToolKeySets.RemoveAsync(session, set, cancellation);
            await trail.AppendAsync(session, AuditEntry.Of(
                AuditEntry.Platform, "platform.registered_again",
                ("platform", found.Id.ToString(CultureInfo.InvariantCulture)), ("addresses", found.WaitingAddresses is null ? "in_force" : "waiting")), cancellation);
            return found;
        }, cancellation);
        if (known is not null)
            directory.Forget(known.Id);
        return known;
    }

    private static void Change(Registration known, WaitingAddresses said)
    {
        // Nobody has approved anything of one that is pending.
        if (known.State == RegistrationState.Pending)
            said.PutInForce(known);
        else
            known.WaitingAddresses = said == WaitingAddresses.InForce(known) ? null : said.ToJson();
    }

    private static async Task AddDeploymentAsync(DistrictSession session, Registration known, string? deployment, DateTimeOffset now, CancellationToken cancellation)
    {
        if (deployment is null || await session.Model.Deployments.AnyAsync(d => d.RegistrationId == known.Id && d.DeploymentId == deployment, cancellation))
            return;
        session.Model.Deployments.Add(new Deployment
        {
            DistrictId = known.DistrictId,
            RegistrationId = known.Id,
            DeploymentId = deployment,
            State = known.State == RegistrationState.Pending ? "active" : "waiting",
            CreatedAt = now,
        });
    }
}
