using Gateway.Engine.Api;

namespace Gateway.Engine.Erasures;

/// <summary>Whether an engine may speak of a district's erasures: one that is given the district, or was and has a copy to erase.</summary>
internal sealed class ErasureAccess(EngineDistricts districts, Privacy.Erasures erasures, Trespass trespass)
{
    /// <summary>The district's number; null when there is none for this engine.</summary>
    public async Task<int?> DistrictAsync(string clientId, string slug, CancellationToken cancellation)
    {
        if (await districts.FindAsync(clientId, slug, cancellation) is { Id: var given })
            return given;
        if (await erasures.DistrictAsync(clientId, slug, cancellation) is { } once)
            return once;
        await trespass.NoticeAsync(clientId, slug, cancellation);
        return null;
    }
}
