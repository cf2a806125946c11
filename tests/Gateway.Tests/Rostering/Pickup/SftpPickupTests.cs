using System.IO.Compression;
using Gateway.Hosting;
using Gateway.Rostering;
using Gateway.Rostering.Pickup;
using Gateway.Stage;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Rostering.Pickup;

/// <summary>Against a real OpenSSH server.</summary>
[Trait("Requirement", "R-1.8")]
public sealed class SftpPickupTests(RosterDatabase database) : IClassFixture<RosterDatabase>, IAsyncLifetime
{
    private readonly TemporaryFolder data = new();
    private SftpServer server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await SftpServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task The_newest_archive_is_fetched_and_brought_in_and_nothing_is_left_behind()
    {
        Zip(new MadeUpRoster().Person("student-7", "student", "north").Enroll("student-7", "class-1"), "old.zip", -2);
        Zip(new MadeUpRoster(), "new roster.zip", -1);
        var before = Directory.GetFiles(server.Folder);
        var district = await ConnectAsync(server.Address, server.HostKey, server.Key);

        var outcome = await SyncAsync(district);

        Assert.Equal(RosterRunState.Applied, outcome.State);
        Assert.Contains(new RosterChangeCount("learner", "added", 8), outcome.Changes);
        Assert.Equal(before, Directory.GetFiles(server.Folder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(data.Path, "pickup")));
    }

    [Fact]
    public async Task A_folder_with_a_manifest_is_fetched_without_what_is_never_read()
    {
        new MadeUpRoster().WriteTo(server.Folder);
        await File.WriteAllTextAsync(Path.Combine(server.Folder, "demographics.csv"), "never", Cancellation);

        var picked = await Pickup().FetchAsync(SftpAddress.Parse(server.Address)!, SftpHostKey.Parse(server.HostKey)!, server.Key, Cancellation);

        Assert.Null(picked.Failure);
        var names = Directory.GetFiles(picked.Path!).Select(Path.GetFileName).ToList();
        Assert.Contains("users.csv", names);
        Assert.DoesNotContain("demographics.csv", names);
        Assert.Equal([picked.Path], Directory.EnumerateFileSystemEntries(picked.Folder!));
    }

    [Fact]
    public async Task A_server_with_another_host_key_gets_no_sign_in()
    {
        Zip(new MadeUpRoster(), "roster.zip", -1);
        var (other, _) = await server.StrangeKeyAsync();
        var (kind, _) = await server.StrangeKeyAsync("rsa");

        Assert.Equal(SftpCodes.HostKeyChanged, await FetchAsync(hostKey: other));
        Assert.Equal(SftpCodes.HostKeyChanged, await FetchAsync(hostKey: kind));
    }

    [Fact]
    public async Task Every_other_failure_has_its_code_and_leaves_nothing_behind()
    {
        Zip(new MadeUpRoster(), "roster.zip", -1);
        var (_, strange) = await server.StrangeKeyAsync();

        Assert.Equal(SftpCodes.Denied, await FetchAsync(key: strange));
        Assert.Equal(SftpCodes.NotFound, await FetchAsync(address: server.Address + "/nowhere"));
        Assert.Equal(SftpCodes.NotFound, await FetchAsync(address: server.Address + "/other.zip"));
        Assert.Equal(SftpCodes.TooLarge, await FetchAsync(limits: new SftpLimits { Bytes = 100 }));
        Assert.Equal(SftpCodes.AddressRefused, await FetchAsync(allowPrivate: false));
        Assert.Equal(SftpCodes.Unreachable, await FetchAsync(address: server.Address.Replace("127.0.0.1", "no-such-host.invalid", StringComparison.Ordinal)));
        await server.StopAsync();
        Assert.Equal(SftpCodes.Unreachable, await FetchAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(data.Path, "pickup")));
    }

    [Fact]
    public async Task A_file_named_in_the_address_is_fetched_and_no_other()
    {
        Zip(new MadeUpRoster(), "roster.zip", -2);
        Zip(new MadeUpRoster().BreakOff("users"), "newer.zip", -1);

        var picked = await Pickup().FetchAsync(SftpAddress.Parse(server.Address + "/roster.zip")!, SftpHostKey.Parse(server.HostKey)!, server.Key, Cancellation);

        Assert.Equal("roster.zip", Path.GetFileName(picked.Path));
    }

    [Fact]
    public async Task The_key_lies_where_nobody_else_can_read_it_while_the_program_runs()
    {
        var seen = new List<UnixFileMode>();
        Zip(new MadeUpRoster(), "roster.zip", -1);
        var run = Pickup().FetchAsync(SftpAddress.Parse(server.Address)!, SftpHostKey.Parse(server.HostKey)!, server.Key, Cancellation);
        await Until.TrueAsync(
            () =>
            {
                foreach (var key in Directory.Exists(Path.Combine(data.Path, "pickup")) ? Directory.GetFiles(Path.Combine(data.Path, "pickup"), "key", SearchOption.AllDirectories) : [])
                    seen.Add(ModeOf(key));
                return Task.FromResult(run.IsCompleted || seen.Count > 0);
            },
            "a key");
        await run;

        Assert.All(seen, mode => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode));
        Assert.NotEmpty(seen);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(Path.Combine(data.Path, "pickup")));
    }

    [Fact]
    [Trait("Requirement", "P-5.3")]
    public async Task The_private_key_rests_sealed_and_what_cannot_be_is_said_at_once()
    {
        var district = await ConnectAsync(server.Address, server.HostKey, server.Key);
        var stored = await database.AskAsync<byte[]>("select sealed_secret from gateway.roster_source where district_id = @d", district);
        Assert.True(stored.AsSpan().IndexOf("PRIVATE KEY"u8) < 0);
        Assert.Equal("sftp", await database.AskAsync<string>("select binding from gateway.roster_source where district_id = @d", district));

        var (_, locked) = await server.StrangeKeyAsync("ed25519", "a passphrase");
        var refused = await Connections().ConnectAsync(
            new RosterConnectCommand(district) { SftpAddress = "sftp://-oProxyCommand=id@host/x", SftpHostKey = "what it says", Secret = locked }, Cancellation);

        Assert.Equal(
            ["roster.sftp_address_invalid", "roster.sftp_host_key_invalid", "roster.sftp_key_invalid"], refused.Problems.Select(problem => problem.Code));
    }

    private static UnixFileMode ModeOf(string path)
    {
        try
        {
            return OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
        }
        catch (FileNotFoundException)
        {
            return UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
    }

    private async Task<string?> FetchAsync(string? address = null, string? hostKey = null, byte[]? key = null, SftpLimits? limits = null, bool allowPrivate = true) =>
        (await Pickup(limits, allowPrivate).FetchAsync(
            SftpAddress.Parse(address ?? server.Address)!, SftpHostKey.Parse(hostKey ?? server.HostKey)!, key ?? server.Key, Cancellation)).Failure?.Code;

    private async Task<int> ConnectAsync(string address, string hostKey, byte[] key)
    {
        var district = await database.AddDistrictAsync();
        Assert.Empty((await Connections().ConnectAsync(new RosterConnectCommand(district) { SftpAddress = address, SftpHostKey = hostKey, Secret = key }, Cancellation)).Problems);
        return district;
    }

    private Task<RosterRunOutcome> SyncAsync(int district) =>
        new RosterSync(Connections(), database.Pipeline, new RosterPulls(database.Gateway), database.Clock).RunAsync(district, RosterTrigger.Schedule, dryRun: false, Cancellation);

    private RosterConnections Connections() => TestConnections.Of(database, sftp: new SftpSource(Pickup()));

    private SftpPickup Pickup(SftpLimits? limits = null, bool allowPrivate = true)
    {
        var options = Options.Create(new GatewayOptions { DataDirectory = data.Path, AllowPrivateNetworks = allowPrivate });
        return new(new OutboundGuard(options), options, limits ?? new SftpLimits(), TimeProvider.System);
    }

    private void Zip(MadeUpRoster roster, string name, int hours)
    {
        using var folder = new TemporaryFolder();
        roster.WriteTo(folder.Path);
        var archive = Path.Combine(server.Folder, name);
        ZipFile.CreateFromDirectory(folder.Path, archive);
        File.SetLastWriteTimeUtc(archive, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(hours));
    }
}
