using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Districts;

/// <summary>Says whether a district lets people in whom its platform does not name (L-1.9). Replicas follow within half a minute.</summary>
internal sealed class AllowGuests(GatewayDatabase database)
{
    public async Task RunAsync(int district, bool allowed, CancellationToken cancellation)
    {
        await using var model = database.Open();
        await model.Districts.Where(d => d.Id == district).ExecuteUpdateAsync(set => set.SetProperty(d => d.GuestsAllowed, allowed), cancellation);
    }
}
