using System.Diagnostics;
using Gateway.Stage;
using Npgsql;

namespace Gateway.Tests.Privacy;

/// <summary>A base backup of the whole server without its write-ahead log; of it, one database's files and what all databases share.</summary>
internal sealed class BaseBackup : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("backup-").FullName;

    public static async Task<BaseBackup> TakeAsync(TestDatabase database)
    {
        var backup = new BaseBackup();
        var owner = new NpgsqlConnectionStringBuilder(database.OwnerConnectionString);
        var start = new ProcessStartInfo(TestCluster.Binaries["pg_basebackup"],
        [
            "--host", owner.Host!, "--port", $"{owner.Port}", "--username", owner.Username!, "--no-password",
            "--wal-method", "none", "--no-manifest", "--no-sync", "--checkpoint", "fast", "--format", "plain", "--pgdata", Path.Combine(backup.folder, "data"),
        ])
        {
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = owner.Password ?? "" },
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, said);
        return backup;
    }

    public IEnumerable<string> FilesOf(uint database)
    {
        var files = Directory.GetFiles(Path.Combine(folder, "data", "base", $"{database}"));
        Assert.NotEmpty(files);
        return [.. files, .. Directory.GetFiles(Path.Combine(folder, "data", "global"))];
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
