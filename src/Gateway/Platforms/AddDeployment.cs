using System.Globalization;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>Adds a deployment to a registration: the tool was installed once more at the same platform (LTI Core 1.3, 3.1.3).</summary>
internal sealed class AddDeployment(GatewayDatabase database, RegistrationDirectory directory, AuditTrail trail, TimeProvider time)
{
    /// <summary>Whether it was new.</summary>
    public async Task<Outcome<bool>> RunAsync(int district, int platform, string deployment, CancellationToken cancellation)
    {
        if (!AddPlatformRules.IsId(deployment))
            return AddPlatformRules.DeploymentIdInvalid;
        var added = await database.InDistrictAsync(district, async session =>
        {
            if (!await session.Model.Registrations.AnyAsync(r => r.Id == platform, cancellation))
                return (bool?)null;
            if (await session.Model.Deployments.AnyAsync(d => d.RegistrationId == platform && d.DeploymentId == deployment, cancellation))
                return false;
            session.Model.Deployments.Add(new Deployment { DistrictId = district, RegistrationId = platform, DeploymentId = deployment, CreatedAt = time.GetUtcNow() });
            await session.Model.SaveChangesAsync(cancellation);
            await trail.AppendAsync(session, AuditEntry.ByOperator("platform.deployment_added", ("platform", platform.ToString(CultureInfo.InvariantCulture))), cancellation);
            return true;
        }, cancellation);
        if (added is not { } isNew)
            return PlatformFailures.Unknown;
        directory.Forget(platform);
        return isNew;
    }
}
