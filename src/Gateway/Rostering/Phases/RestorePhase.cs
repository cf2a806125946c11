using Gateway.Rostering.Staging;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Rostering.Phases;

/// <summary>In place of reading and checking: brings back the roster of the run that a person approved.</summary>
internal sealed class RestorePhase(GatewayDatabase database) : IRosterPhase
{
    private const string Analyze = "analyze staged_org, staged_session, staged_class, staged_user, staged_role, staged_enrollment, past_class";

    public string Name => "restore";

    public int Steps => 1;

    public async Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        await run.ExecuteAsync(StagingArea.Tables, cancellation);
        await run.ExecuteAsync(ScopePhase.PastTable, cancellation);
        if (await IsOutdatedAsync(run, cancellation) || !await HeldRoster.RestoreAsync(database, run, run.Request.Approves!.Value, cancellation))
            return RosterCodes.HeldOutdated;
        run.Ledger.BroadPatterns = await PatternsAsync(run, cancellation);
        await StagedFields.ClearAsync(run, cancellation);
        await run.ExecuteAsync(Analyze, cancellation);
        return null;
    }

    // What was known of all users when they were read.
    private Task<string[]?> PatternsAsync(RosterRunContext run, CancellationToken cancellation) => database.InDistrictAsync(run.Request.District, session =>
        session.Model.RosterRuns.Where(waiting => waiting.Id == run.Request.Approves).Select(waiting => waiting.BroadPatterns).SingleOrDefaultAsync(cancellation), cancellation);

    // Its pseudonyms would be strangers' to whatever was written since.
    private Task<bool> IsOutdatedAsync(RosterRunContext run, CancellationToken cancellation) => database.InDistrictAsync(run.Request.District, session =>
        session.Model.RosterRuns.AnyAsync(waiting => waiting.Id == run.Request.Approves && waiting.StartedAt < run.Keys.ActiveFrom && run.Keys.Version > 1, cancellation), cancellation);
}
