using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Rostering;

/// <summary>Applies the roster of a run that waited, because a person looked at its before and after .</summary>
internal sealed class RosterApproval(GatewayDatabase database, RosterPipeline pipeline)
{
    /// <param name="district">The district.</param>
    /// <param name="run">The run that waits; null for the only one there can be.</param>
    /// <param name="cancellation">Stops the run: nothing is changed then, and the approved one still waits.</param>
    /// <param name="listener">Is told how far it is.</param>
    public async Task<RosterRunOutcome> RunAsync(int district, long? run, CancellationToken cancellation, IProgress<RosterProgress>? listener = null)
    {
        var waiting = run ?? await database.InDistrictAsync(
            district,
            session => session.Model.RosterRuns.Where(known => known.DistrictId == district && known.State == "waiting").Select(known => (long?)known.Id).MaxAsync(cancellation),
            cancellation);
        if (waiting is not { } number)
            return RosterRunOutcome.Refused(RosterMessages.Failure(RosterCodes.NothingWaits));

        var request = new RosterRunRequest(district, RosterTrigger.Approval, DryRun: false) { Approves = number };
        return await pipeline.ApproveAsync(request, () => RefusalAsync(district, number, cancellation), cancellation, listener);
    }

    private Task<string?> RefusalAsync(int district, long run, CancellationToken cancellation) => database.InDistrictAsync<string?>(
        district,
        async session => await session.Model.RosterRuns.AnyAsync(known => known.DistrictId == district && known.Id == run && known.State == "waiting", cancellation)
            ? null
            : RosterCodes.DoesNotWait,
        cancellation);
}
