using Gateway.Privacy.Rosters;
using Gateway.Rostering.Staging;

namespace Gateway.Rostering.Phases;

/// <summary>Reads the source through the allow-list, pseudonymises each row and copies it into the staging tables .</summary>
internal sealed class ReadPhase(RunHistory history, TimeProvider time) : IRosterPhase
{
    private const int RowsBetweenLooks = 1000;
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(2);

    public string Name => "read";

    public async Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var staging = await StagingArea.CreateAsync(run.Connection, new RosterPseudonymiser(run.Keys), cancellation);
        var reported = time.GetTimestamp();
        long read = 0;
        await foreach (var row in run.Source.ReadAsync(RosterAllowList.ForReading, run.Ledger, cancellation))
        {
            run.Ledger.Count(row.Collection);
            await staging.AddAsync(row, cancellation);
            if (++read % RowsBetweenLooks == 0 && time.GetElapsedTime(reported) >= BetweenReports)
            {
                await history.ProgressAsync(run.Request.District, run.RunId, Name, run.Ledger, cancellation);
                reported = time.GetTimestamp();
            }
        }

        await staging.FlushAsync(cancellation);
        return null;
    }
}
