using System.Diagnostics;
using OneRoster.Csv;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Tests.Csv;

[Trait("Requirement", "T-16")]
public sealed class LinkTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/.")]
    public void Link_to_a_folder_is_refused(string end)
    {
        var link = At("link");
        Directory.CreateSymbolicLink(link, temporary.Folder(District.Csv12()));
        Assert.Equal(RosterFailures.Link, Opening.MustRefuse(link + end).Code);
    }

    [Fact]
    public void Link_to_an_archive_is_refused_also_where_it_leads_nowhere()
    {
        File.CreateSymbolicLink(At("link.zip"), temporary.Zip(District.Csv12()));
        Assert.Equal(RosterFailures.Link, Opening.MustRefuse(At("link.zip")).Code);
        File.CreateSymbolicLink(At("nowhere.zip"), At("nowhere"));
        Assert.Equal(RosterFailures.Link, Opening.MustRefuse(At("nowhere.zip")).Code);
    }

    [Fact]
    public void Link_to_a_folder_inside_a_folder_is_refused()
    {
        var files = temporary.Folder(District.Csv12());
        var drop = Directory.CreateDirectory(At("drop")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(drop, "roster"), files);
        Assert.Equal(RosterFailures.Link, Opening.MustRefuse(drop).Code);
    }

    [Fact]
    public async Task Folders_above_may_be_links()
    {
        temporary.Folder(District.Csv12());
        using var elsewhere = new TemporaryFolder();
        var link = Path.Combine(elsewhere.Path, "up");
        Directory.CreateSymbolicLink(link, temporary.Path);
        await using var source = Opening.MustOpen(Path.Combine(link, "roster"));
        Assert.NotEmpty(await source.ReadAllAsync(new Observer()));
    }

    [Fact]
    public async Task File_that_becomes_a_link_after_it_was_looked_at_is_not_read()
    {
        var folder = temporary.Folder(District.Csv12());
        await using var source = Opening.MustOpen(folder);
        var outside = At("outside.csv");
        File.Move(Path.Combine(folder, "users.csv"), outside);
        File.CreateSymbolicLink(Path.Combine(folder, "users.csv"), outside);

        var failure = await Assert.ThrowsAsync<RosterSourceException>(() => source.ReadAllAsync(new Observer()));

        Assert.Equal((RosterFailures.ReadFailed, RosterCollection.Users), (failure.Code, failure.Collection!.Value));
    }

    [Fact]
    public async Task Folder_that_becomes_a_link_after_it_was_looked_at_is_not_read()
    {
        temporary.Folder(District.Csv12());
        await using var source = Opening.MustOpen(temporary.Path);
        using var outside = new TemporaryFolder();
        Directory.Move(At("roster"), Path.Combine(outside.Path, "roster"));
        Directory.CreateSymbolicLink(At("roster"), Path.Combine(outside.Path, "roster"));

        Assert.Equal(RosterFailures.ReadFailed, (await Assert.ThrowsAsync<RosterSourceException>(() => source.ReadAllAsync(new Observer()))).Code);
    }

    [Fact]
    public void Pipe_is_no_archive_and_nobody_waits_for_it()
    {
        using (var make = Process.Start("mkfifo", [At("pipe.zip")]))
            make.WaitForExit();
        Assert.Throws<IOException>(() => CsvRosterSource.Open(At("pipe.zip"), new CsvLimits()));
    }

    private string At(string name) => Path.Combine(temporary.Path, name);
}
