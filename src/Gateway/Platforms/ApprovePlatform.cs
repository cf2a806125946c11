using System.Globalization;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>Lets a platform in: one that registered itself, or one that was removed (L-2.1). The next login works.</summary>
internal sealed class ApprovePlatform(GatewayDatabase database, RegistrationDirectory directory, AuditTrail trail)
{
    /// <summary>The registration; one that is active already stays so.</summary>
    public async Task<Outcome<Registration>> RunAsync(int district, int id, CancellationToken cancellation)
    {
        var approved = await database.InDistrictAsync(district, async session =>
        {
            var registration = await session.Model.Registrations.SingleOrDefaultAsync(r => r.Id == id, cancellation);
            if (registration is null)
                return null;
            if (registration.State == RegistrationState.Active)
                return registration;
            registration.State = RegistrationState.Active;
            await session.Model.SaveChangesAsync(cancellation);
            await trail.AppendAsync(session, AuditEntry.ByOperator("platform.approved", ("platform", id.ToString(CultureInfo.InvariantCulture))), cancellation);
            return registration;
        }, cancellation);
        if (approved is null)
            return PlatformFailures.Unknown;
        directory.Forget(id);
        return approved;
    }
}
