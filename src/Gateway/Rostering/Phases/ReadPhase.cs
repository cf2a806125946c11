using Gateway.Privacy.Rosters;
using Gateway.Rostering.Staging;
using OneRoster.Model;

namespace Gateway.Rostering.Phases;

/// <summary>Reads the source through the allow-list, pseudonymises each row and copies it into the staging tables .</summary>
internal sealed class ReadPhase(TimeProvider time) : IRosterPhase
{
    private const int RowsBetweenLooks = 1000;

    public string Name => "read";

    public int Steps => 0;

    public async Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var reading = run.Settings.Reading(run.Shared);
        var pseudonymiser = new RosterPseudonymiser(run.Keys, reading);
        await using var staging = await StagingArea.CreateAsync(
            run.Connection, pseudonymiser, run.ExtentOf(RosterCollection.Enrollments) == RosterExtent.Changes,
            run.ExtentOf(RosterCollection.UserRoles) == RosterExtent.Changes, cancellation);
        long read = 0;
        await foreach (var row in run.Source.ReadAsync(RosterAllowList.For(reading, run.Policy, run.AcceptedPolicy), run.Ledger, cancellation))
        {
            while (run.Ledger.TryTakeRestart(out var collection))
                await staging.RestartAsync(collection, cancellation);
            run.Ledger.Count(row.Collection);
            await staging.AddAsync(row, cancellation);
            if (++read % RowsBetweenLooks == 0)
                await run.Watch.RowsAsync(cancellation);
        }

        while (run.Ledger.TryTakeRestart(out var collection))
            await staging.RestartAsync(collection, cancellation);
        run.Staged = await staging.CompleteAsync(cancellation);
        if (run.ExtentOf(RosterCollection.Users) == RosterExtent.Full)
            run.Ledger.BroadPatterns = pseudonymiser.BroadPatterns();
        await Rekeying.MoveAsync(run, time.GetUtcNow(), cancellation);
        return null;
    }
}
