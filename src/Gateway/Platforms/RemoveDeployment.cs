using System.Globalization;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>Takes a deployment out, or off the list of those that wait. When it launches again it waits again.</summary>
internal sealed class RemoveDeployment(GatewayDatabase database, RegistrationDirectory directory, AuditTrail trail)
{
    /// <returns>The deployments that may launch still.</returns>
    public async Task<Outcome<int>> RunAsync(int district, int platform, string deployment, CancellationToken cancellation)
    {
        var outcome = await database.InDistrictAsync<Outcome<int>>(district, async session =>
        {
            if (!await session.Model.Registrations.AnyAsync(r => r.Id == platform, cancellation))
                return PlatformFailures.Unknown;
            if (await session.Model.Deployments.Where(d => d.RegistrationId == platform && d.DeploymentId == deployment).ExecuteDeleteAsync(cancellation) == 0)
                return PlatformFailures.DeploymentUnknown;
            var left = await session.Model.Deployments.CountAsync(d => d.RegistrationId == platform && d.State == DeploymentState.Active, cancellation);
            await trail.AppendAsync(session, AuditEntry.ByOperator("platform.deployment_removed", ("platform", platform.ToString(CultureInfo.InvariantCulture))), cancellation);
            return left;
        }, cancellation);
        directory.Forget(platform);
        return outcome;
    }
}
