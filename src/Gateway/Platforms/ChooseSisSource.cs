using System.Globalization;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>Chooses where a platform's launches carry the SIS id. What was linked by another place's id before stays linked.</summary>
internal sealed class ChooseSisSource(GatewayDatabase database, RegistrationDirectory directory, AuditTrail trail)
{
    /// <returns>The registration, or <c>platform.unknown</c>.</returns>
    public async Task<Outcome<Registration>> RunAsync(int district, int platform, SisSource source, CancellationToken cancellation)
    {
        var changed = await database.InDistrictAsync(district, async session =>
        {
            var registration = await session.Model.Registrations.SingleOrDefaultAsync(r => r.Id == platform, cancellation);
            if (registration is null || registration.SisParameter == source.Parameter)
                return registration;
            registration.SisParameter = source.Parameter;
            await session.Model.SaveChangesAsync(cancellation);
            await trail.AppendAsync(
                session,
                AuditEntry.ByOperator("platform.sis_source_chosen", ("platform", platform.ToString(CultureInfo.InvariantCulture)), ("source", source.ToString())),
                cancellation);
            return registration;
        }, cancellation);
        if (changed is null)
            return PlatformFailures.Unknown;
        directory.Forget(platform);
        return changed;
    }
}
