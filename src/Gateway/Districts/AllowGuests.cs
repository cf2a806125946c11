using Gateway.Privacy;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Districts;

/// <summary>Says whether a district lets people in whom its platform does not name (L-1.9). Replicas follow within half a minute.</summary>
internal sealed class AllowGuests(GatewayDatabase database, AuditTrail trail)
{
    public Task RunAsync(int district, bool allowed, CancellationToken cancellation) => database.InDistrictAsync(district, async session =>
    {
        await session.Model.Districts.Where(d => d.Id == district).ExecuteUpdateAsync(set => set.SetProperty(d => d.GuestsAllowed, allowed), cancellation);
        await trail.AppendAsync(session, AuditEntry.ByOperator("district.guests_changed", ("guests", allowed ? "allowed" : "refused")), cancellation);
    }, cancellation);
}
