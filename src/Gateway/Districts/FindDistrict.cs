using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Districts;

/// <summary>The directory of districts.</summary>
internal sealed class FindDistrict(GatewayDatabase database)
{
    public async Task<Outcome<District>> BySlugAsync(string slug, CancellationToken cancellation)
    {
        await using var model = database.Open();
        var district = await model.Districts.AsNoTracking().SingleOrDefaultAsync(d => d.Slug == slug, cancellation);
        return district is not null
            ? district
            : new Failure("district.unknown", "There is no district of that slug: `district list` shows those there are.");
    }

    public async Task<IReadOnlyList<District>> AllAsync(CancellationToken cancellation)
    {
        await using var model = database.Open();
        return await model.Districts.AsNoTracking().OrderBy(d => d.Slug).ToListAsync(cancellation);
    }
}
