using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Rostering;

/// <summary>
/// Looks into the districts' folders: an archive that was not there before, and looks the same a while later, is brought in at
/// once. The run goes through the scheduler like any other, so that it is one a district and outlives the process.
/// </summary>
internal sealed class WatchedFolders(GatewayDatabase database, IRosterSchedules schedules, TimeProvider time, ILogger<WatchedFolders> logger)
{
    /// <summary>An archive that has not changed for so long is complete. Less than a minute, which is how often somebody looks.</summary>
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(50);

    public async Task LookAsync(CancellationToken cancellation)
    {
        foreach (var district in await DistrictsAsync(cancellation))
        {
            try
            {
                await LookAsync(district, cancellation);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The other folders are looked into all the same; the nightly run says it with a code.
                Log.FolderNotSeen(logger, district, e.GetType().Name);
            }
        }
    }

    private async Task LookAsync(int district, CancellationToken cancellation)
    {
        if (!await database.InDistrictAsync(district, session => IsNewAsync(session, cancellation), cancellation))
            return;
        // Committed before it is asked for: two replicas that look at once ask once.
        Log.ArchiveAppeared(logger, district);
        await schedules.RunNowAsync(district, cancellation);
    }

    /// <summary>Whether there is an archive to take now; it counts as taken from then on.</summary>
    private async Task<bool> IsNewAsync(DistrictSession session, CancellationToken cancellation)
    {
        // Locked: one replica looks at a time.
        var source = await session.Model.RosterSources
            .FromSql($"select * from gateway.roster_source where district_id = {session.District} and binding = 'csv' for update").SingleOrDefaultAsync(cancellation);
        if (source is null)
            return false;
        var mark = CsvDrop.MarkOf(source.CsvFolder!);
        var isNew = Look(source, mark);
        await session.Model.SaveChangesAsync(cancellation);
        return isNew;
    }

    private bool Look(RosterSource source, string mark)
    {
        var now = time.GetUtcNow();
        // A district from before there were looks: what lies there was brought in by night.
        source.TakenArchive ??= mark;
        if (!CsvDrop.IsLater(mark, source.TakenArchive))
        {
            (source.SeenArchive, source.SeenAt) = (null, null);
            return false;
        }

        if (mark != source.SeenArchive)
        {
            (source.SeenArchive, source.SeenAt) = (mark, now);
            return false;
        }

        if (now - source.SeenAt < Still)
            return false;
        (source.TakenArchive, source.SeenArchive, source.SeenAt) = (mark, null, null);
        return true;
    }

    private async Task<List<int>> DistrictsAsync(CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select district_id from gateway.roster_outlook() where binding = 'csv'");
        var districts = new List<int>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            districts.Add(reader.GetInt32(0));
        return districts;
    }
}
