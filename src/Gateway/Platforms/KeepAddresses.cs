using System.Globalization;
using Gateway.Privacy;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>Refuses the addresses that a platform asked for when it registered again: those in force stay.</summary>
internal sealed class KeepAddresses(GatewayDatabase database, AuditTrail trail)
{
    /// <summary>Whether some were waiting.</summary>
    public async Task<Outcome<bool>> RunAsync(int district, int id, CancellationToken cancellation)
    {
        var waited = await database.InDistrictAsync(district, async session =>
        {
            var registration = await session.Model.Registrations.SingleOrDefaultAsync(r => r.Id == id, cancellation);
            if (registration is null)
                return (bool?)null;
            if (registration.WaitingAddresses is null)
                return false;
            registration.WaitingAddresses = null;
            await session.Model.SaveChangesAsync(cancellation);
            await trail.AppendAsync(session, AuditEntry.ByOperator("platform.addresses_kept", ("platform", id.ToString(CultureInfo.InvariantCulture))), cancellation);
            return true;
        }, cancellation);
        return waited is { } had ? had : PlatformFailures.Unknown;
    }
}
