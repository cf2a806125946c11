using System.IO.Compression;
using Gateway.Rostering;
using Gateway.Stage;

namespace Gateway.Tests.Rostering;

[Trait("Requirement", "R-1.8")]
public sealed class WatchedFoldersTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly FakeClock clock = new();

    [Fact]
    public async Task An_archive_that_appears_is_taken_once_when_it_has_stopped_growing()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        Write(folder, "before.zip", 1, -5);
        var district = await rosters.DistrictAsync(folder.Path);
        await LookAsync(rosters, times: 3);
        Assert.Empty(rosters.Schedules.RunNow);

        Write(folder, "new.zip.part", 3, 0);
        Write(folder, ".new.zip", 3, 0);
        await LookAsync(rosters, times: 3);
        Assert.Empty(rosters.Schedules.RunNow);

        for (var size = 1; size <= 4; size++)
        {
            Write(folder, "new.zip", size, 0);
            await LookAsync(rosters);
            Assert.Empty(rosters.Schedules.RunNow);
        }

        // Too soon to tell whether it still grows.
        await rosters.Get<WatchedFolders>().LookAsync(TestContext.Current.CancellationToken);
        Assert.Empty(rosters.Schedules.RunNow);
        await LookAsync(rosters);
        Assert.Equal([district], rosters.Schedules.RunNow);
        await LookAsync(rosters, times: 5);
        Assert.Equal([district], rosters.Schedules.RunNow);

        // The same name anew is another archive.
        Write(folder, "new.zip", 4, 1);
        await LookAsync(rosters, times: 2);
        Assert.Equal([district, district], rosters.Schedules.RunNow);
    }

    [Fact]
    public async Task Of_two_replicas_that_look_at_once_one_takes_it()
    {
        using var folder = new TemporaryFolder();
        await using var one = new RunningRosters(database, clock);
        await using var other = new RunningRosters(database, clock);
        await one.DistrictAsync(folder.Path);
        Write(folder, "new.zip", 1, 0);
        await LookAsync(one);

        clock.Advance(Minute);
        for (var round = 0; round < 5; round++)
            await Task.WhenAll(one.Get<WatchedFolders>().LookAsync(TestContext.Current.CancellationToken), other.Get<WatchedFolders>().LookAsync(TestContext.Current.CancellationToken));

        Assert.Single(one.Schedules.RunNow.Concat(other.Schedules.RunNow));
    }

    [Fact]
    public async Task An_archive_that_another_replica_takes_at_this_moment_is_not_taken_again()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);
        Write(folder, "new.zip", 1, 0);
        await LookAsync(rosters);
        await using var other = await database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var take = other.CreateCommand())
        {
            take.CommandText = $"update gateway.roster_source set taken_archive = seen_archive, seen_archive = null, seen_at = null where district_id = {district}";
            await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var looking = LookAsync(rosters);
        await Eventually.TrueAsync(() => database.AskAsync<bool>(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"));
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await looking;

        Assert.Empty(rosters.Schedules.RunNow);
    }

    [Fact]
    public async Task An_archive_that_is_taken_away_makes_no_old_one_new_and_a_folder_that_is_gone_stops_no_other()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        Write(folder, "old.zip", 1, -5);
        Write(folder, "newest.zip", 1, -1);
        await rosters.DistrictAsync(folder.Path);
        File.Delete(Path.Combine(folder.Path, "newest.zip"));
        await LookAsync(rosters, times: 3);
        Assert.Empty(rosters.Schedules.RunNow);

        var gone = new TemporaryFolder();
        await rosters.DistrictAsync(gone.Path);
        gone.Dispose();
        using var third = new TemporaryFolder();
        var last = await rosters.DistrictAsync(third.Path);
        Write(third, "new.zip", 1, 0);
        await LookAsync(rosters, times: 2);

        Assert.Equal([last], rosters.Schedules.RunNow);
    }

    [Fact]
    public async Task Asking_for_the_run_of_an_archive_brings_it_in()
    {
        using var folder = new TemporaryFolder();
        using var files = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);
        new MadeUpRoster().WriteTo(files.Path);
        ZipFile.CreateFromDirectory(files.Path, Path.Combine(folder.Path, "new.zip"));
        await LookAsync(rosters, times: 2);
        Assert.Equal([district], rosters.Schedules.RunNow);

        await rosters.FireAsync(district);

        Assert.Equal(8, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d", district));
        var text = await Dump.EverythingAsync(database);
        Assert.DoesNotContain("new.zip", text, StringComparison.Ordinal);
    }

    private async Task LookAsync(RunningRosters rosters, int times = 1)
    {
        for (var time = 0; time < times; time++)
        {
            clock.Advance(Minute);
            await rosters.Get<WatchedFolders>().LookAsync(TestContext.Current.CancellationToken);
        }
    }

    private static void Write(TemporaryFolder folder, string name, int size, int hours)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, new byte[size]);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 9, 1, 8, 0, 0, DateTimeKind.Utc).AddHours(hours));
    }
}
