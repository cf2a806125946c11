using System.Collections.Concurrent;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Districts;

/// <summary>Districts by number, kept for half a minute: a launch asks for its district and must not cost a query.</summary>
internal sealed class DistrictDirectory(GatewayDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<int, (District District, DateTimeOffset Until)> known = new();

    public async ValueTask<District> GetAsync(int id, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return known.TryGetValue(id, out var entry) && entry.Until > now ? entry.District : await ReadAsync(id, cancellation);
    }

    /// <summary>As it is in the database now.</summary>
    public async Task<District> ReadAsync(int id, CancellationToken cancellation)
    {
        await using var model = database.Open();
        var district = await model.Districts.AsNoTracking().SingleAsync(d => d.Id == id, cancellation);
        known[id] = (district, time.GetUtcNow() + Kept);
        return district;
    }
}
