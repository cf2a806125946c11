using System.Security.Cryptography;
using Gateway.Stage;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests.Storage.Sealing;

[Trait("Requirement", "T-19")]
public sealed class KeyFileAccessTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupRead | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task Master_key_that_others_may_read_is_refused_before_anything_is_started_outside_containers_and_demonstrations(UnixFileMode others)
    {
        await using var database = await TestDatabase.CreateMigratedAsync("keyfile");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Cancellation);
        File.SetUnixFileMode(file, Owner | others);
        var log = new LogCapture();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));

        var refused = await OpenAsync("Host=127.0.0.1;Port=1;Timeout=2", file, KeyFileAccess.OwnerOnly);
        Assert.Equal("storage.key_readable", Assert.Single(refused.Failures).Code);
        Assert.Contains($"chmod 600 {file}", refused.Failures[0].Message, StringComparison.Ordinal);
        Assert.True(await OpensAsync(database, file, KeyFileAccess.Container));
        Assert.True(await OpensAsync(database, file, KeyFileAccess.Warned, loggers));
        Assert.Contains(log.Lines, line => line.Contains("storage.key_readable", StringComparison.Ordinal));

        File.SetUnixFileMode(file, Owner);
        Assert.True(await OpensAsync(database, file, KeyFileAccess.OwnerOnly));
        File.Delete(file);
    }

    [Fact]
    public async Task Key_share_that_others_may_read_is_refused_too()
    {
        await using var stage = await TestStage.StartAsync();
        await stage.StopGatewayAsync();
        var file = stage.Settings()["Gateway:MasterKeyFile"]!;
        var share = Directory.GetFiles(stage.DataDirectory, "*.share", SearchOption.AllDirectories).Single();
        Assert.Equal(Owner, File.GetUnixFileMode(share));
        Assert.True(await OpensAsync(stage.Database, file, KeyFileAccess.OwnerOnly, data: stage.DataDirectory));

        File.SetUnixFileMode(share, Owner | UnixFileMode.OtherRead);

        var refused = await OpenAsync(stage.Database.OwnerConnectionString, file, KeyFileAccess.OwnerOnly, data: stage.DataDirectory);
        Assert.Equal("storage.key_readable", Assert.Single(refused.Failures).Code);
        Assert.Contains("chmod 600", refused.Failures[0].Message, StringComparison.Ordinal);
        Assert.True(await OpensAsync(stage.Database, file, KeyFileAccess.Container, data: stage.DataDirectory));
        await stage.StartGatewayAsync();
    }

    [Fact]
    public void Only_a_container_or_a_demonstration_lets_others_read()
    {
        // The tests themselves may run in one.
        var inContainer = Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") == "true";

        Assert.Equal(inContainer ? KeyFileAccess.Container : KeyFileAccess.OwnerOnly, KeyFileAccesses.Of(allowPrivateNetworks: false));
        Assert.Equal(inContainer ? KeyFileAccess.Container : KeyFileAccess.Warned, KeyFileAccesses.Of(allowPrivateNetworks: true));
    }

    private static async Task<bool> OpensAsync(TestDatabase database, string file, KeyFileAccess access, ILoggerFactory? loggers = null, string? data = null)
    {
        var opened = await OpenAsync(database.OwnerConnectionString, file, access, loggers, data);
        if (!opened.Succeeded)
            return false;
        await opened.Value.DisposeAsync();
        return true;
    }

    private static Task<Outcome<OpenedStorage>> OpenAsync(string connection, string file, KeyFileAccess access, ILoggerFactory? loggers = null, string? data = null) => OpenedStorage.OpenAsync(
        new StorageOptions(connection, file, data ?? Path.GetTempPath(), null, access), TimeProvider.System, loggers ?? NullLoggerFactory.Instance, Cancellation);
}
