using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Rostering;

/// <summary>Remembers when a district's roster was last pulled and applied, for <see cref="DeltaPlan"/>.</summary>
internal sealed class RosterPulls(GatewayDatabase database)
{
    /// <summary>
    /// To be called once a run that pulled from the stored source has been applied; <paramref name="began"/> is from before its first
    /// request, so that changes made meanwhile are asked for again.
    /// </summary>
    public Task AppliedAsync(int district, DateTimeOffset began, bool full, CancellationToken cancellation) =>
        database.InDistrictAsync(district, session => session.Model.RosterSources.Where(source => source.DistrictId == district).ExecuteUpdateAsync(
            set => set.SetProperty(source => source.LastPullAt, began).SetProperty(source => source.LastFullAt, source => full ? began : source.LastFullAt),
            cancellation), cancellation);

    /// <summary>The next run asks for everything: the server refuses to tell changes, or somebody does not trust them.</summary>
    public Task ForgetAsync(int district, CancellationToken cancellation) =>
        database.InDistrictAsync(district, session => session.Model.RosterSources.Where(source => source.DistrictId == district).ExecuteUpdateAsync(
            set => set.SetProperty(source => source.LastFullAt, (DateTimeOffset?)null), cancellation), cancellation);
}
