using System.IO.Compression;
using Gateway.Rostering;
using Gateway.Stage;

namespace Gateway.Tests.Rostering;

[Trait("Requirement", "T-16")]
public sealed class DroppedLinksTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Archive_that_is_a_link_is_refused_in_a_drop_and_in_an_import()
    {
        using var drop = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, new FakeClock());
        var district = await rosters.DistrictAsync(drop.Path);
        var link = Path.Combine(drop.Path, "new.zip");
        File.CreateSymbolicLink(link, Archive(outside));

        Assert.Equal("csv.link", (await rosters.Get<RosterConnections>().OpenAsync(district, Cancellation)).Failure!.Code);
        await rosters.FireAsync(district);
        Assert.Equal("csv.link", (await database.LatestRunAsync(district)).Run.Code);
        Assert.Equal("csv.link", (await database.ImportAsync(district, link)).Failure!.Code);
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d", district));
    }

    [Fact]
    public async Task Package_in_a_drop_may_hold_no_link_and_an_import_is_no_link_to_a_folder()
    {
        using var drop = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, new FakeClock());
        var district = await rosters.DistrictAsync(drop.Path);
        new MadeUpRoster().WriteTo(drop.Path);
        File.Move(Path.Combine(drop.Path, "users.csv"), Path.Combine(outside.Path, "users.csv"));
        File.CreateSymbolicLink(Path.Combine(drop.Path, "users.csv"), Path.Combine(outside.Path, "users.csv"));
        Assert.Equal("csv.link", (await rosters.Get<RosterConnections>().OpenAsync(district, Cancellation)).Failure!.Code);

        var link = Path.Combine(outside.Path, "link");
        Directory.CreateSymbolicLink(link, drop.Path);
        Assert.Equal("csv.link", (await database.ImportAsync(district, link)).Failure!.Code);
    }

    [Fact]
    public async Task Folder_that_the_operator_chose_may_be_a_link()
    {
        using var drop = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, new FakeClock());
        new MadeUpRoster().WriteTo(drop.Path);
        var link = Path.Combine(elsewhere.Path, "drop");
        Directory.CreateSymbolicLink(link, drop.Path);
        var district = await rosters.DistrictAsync(link);

        await using (var ofFolder = (await rosters.Get<RosterConnections>().OpenAsync(district, Cancellation)).Source)
            Assert.NotNull(ofFolder);
        using var files = new TemporaryFolder();
        File.Move(Archive(files), Path.Combine(drop.Path, "new.zip"));
        await using var ofArchive = (await rosters.Get<RosterConnections>().OpenAsync(district, Cancellation)).Source;
        Assert.NotNull(ofArchive);
    }

    private static string Archive(TemporaryFolder folder)
    {
        var files = Directory.CreateDirectory(Path.Combine(folder.Path, "files")).FullName;
        new MadeUpRoster().WriteTo(files);
        var archive = Path.Combine(folder.Path, "archive.zip");
        ZipFile.CreateFromDirectory(files, archive);
        return archive;
    }
}
