using System.Globalization;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>
/// Adds a deployment to a registration, or approves one that waits (LTI Core 1.3, 3.1.3). With that one is given, and none is learned any
/// more, unless every one is.
/// </summary>
internal sealed class AddDeployment(GatewayDatabase database, RegistrationDirectory directory, AuditTrail trail, TimeProvider time)
{
    /// <summary>Whether it may launch only since now.</summary>
    public Task<Outcome<bool>> RunAsync(int district, int platform, string deployment, CancellationToken cancellation) =>
        RunAsync(district, platform, deployment, mustWait: false, cancellation);

    /// <summary>The same for one that was seen in a launch; <c>platform.deployment_unknown</c> when none of that id was.</summary>
    public Task<Outcome<bool>> ApproveAsync(int district, int platform, string deployment, CancellationToken cancellation) =>
        RunAsync(district, platform, deployment, mustWait: true, cancellation);

    private async Task<Outcome<bool>> RunAsync(int district, int platform, string deployment, bool mustWait, CancellationToken cancellation)
    {
        if (!AddPlatformRules.IsId(deployment))
            return AddPlatformRules.DeploymentIdInvalid;
        try
        {
            var outcome = await database.InDistrictAsync<Outcome<bool>>(district, async session =>
            {
                if (!await session.Model.Registrations.AnyAsync(r => r.Id == platform, cancellation))
                    return PlatformFailures.Unknown;
                var known = await session.Model.Deployments.SingleOrDefaultAsync(d => d.RegistrationId == platform && d.DeploymentId == deployment, cancellation);
                if (known?.State == DeploymentState.Active)
                    return false;
                if (known is null && mustWait)
                    return PlatformFailures.DeploymentUnknown;
                if (known is null)
                    session.Model.Deployments.Add(new Deployment { DistrictId = district, RegistrationId = platform, DeploymentId = deployment, CreatedAt = time.GetUtcNow() });
                else
                    known.State = DeploymentState.Active;
                await session.Model.Registrations.Where(r => r.Id == platform && r.LearnsDeployments)
                    .ExecuteUpdateAsync(r => r.SetProperty(one => one.LearnsDeployments, false), cancellation);
                await session.Model.SaveChangesAsync(cancellation);
                await trail.AppendAsync(session, AuditEntry.ByOperator(
                    mustWait ? "platform.deployment_approved" : "platform.deployment_added", ("platform", platform.ToString(CultureInfo.InvariantCulture))), cancellation);
                return true;
            }, cancellation);
            directory.Forget(platform);
            return outcome;
        }
        catch (Exception e) when (PlatformConflicts.Of(e) is { } conflict)
        {
            return conflict;
        }
    }
}
