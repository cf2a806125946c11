using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Storage.Embedded;

/// <summary>Creates the cluster once. It appears under its name only when complete, so a kill in the middle leaves nothing half made.</summary>
internal static class ClusterInitializer
{
    public const string Superuser = "gateway_owner";

    /// <summary>The installation to run the cluster with; the cluster exists afterwards.</summary>
    [UnsupportedOSPlatform("windows")]
    public static async Task<Attempt<PostgresBinaries>> EnsureAsync(
        ClusterHome home, IReadOnlyList<PostgresBinaries> installed, bool durable, ServerAccount account, CancellationToken cancellationToken)
    {
        if (installed.Count == 0)
            return EmbeddedPostgresFailure.BinariesMissing;
        if (Directory.Exists(home.Cluster))
            return await MatchingAsync(home, installed, cancellationToken);

        foreach (var leftover in Directory.EnumerateDirectories(home.Root, "cluster.new-*"))
            Directory.Delete(leftover, recursive: true);
        await WritePasswordAsync(home, account, cancellationToken);

        var half = Path.Combine(home.Root, "cluster.new-" + RandomNumberGenerator.GetHexString(8, lowercase: true));
        var binaries = installed[0];
        var initdb = await account.RunAsync(
            [
                binaries["initdb"], "--pgdata=" + half, "--username=" + Superuser, "--pwfile=" + home.PasswordFile, "--auth=scram-sha-256",
                "--encoding=UTF8", "--locale=" + await LocaleAsync(cancellationToken), "--lc-messages=C", "--data-checksums",
                durable ? "--no-instructions" : "--no-sync",
            ],
            cancellationToken);
        if (initdb.ExitCode != 0)
            return EmbeddedPostgresFailure.InitFailed(initdb.Error.Trim());

        Directory.Move(half, home.Cluster);
        // Without this a power cut could bring the temporary name back, and with it the clean-up above.
        if (durable)
            await account.RunAsync(["sync", home.Root], cancellationToken);
        return binaries;
    }

    private static async Task<Attempt<PostgresBinaries>> MatchingAsync(
        ClusterHome home, IReadOnlyList<PostgresBinaries> installed, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(home.Cluster, "PG_VERSION"), cancellationToken);
        _ = int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var version);
        return installed.FirstOrDefault(installation => installation.MajorVersion == version) is { } match
            ? match
            : EmbeddedPostgresFailure.DataFromOtherVersion(version);
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task WritePasswordAsync(ClusterHome home, ServerAccount account, CancellationToken cancellationToken)
    {
        File.Delete(home.PasswordFile);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using (var file = new FileStream(home.PasswordFile, options))
        {
            await file.WriteAsync(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(64, lowercase: true)), cancellationToken);
            file.Flush(flushToDisk: true);
        }

        await account.TakeOverAsync(home.PasswordFile, cancellationToken);
    }

    // C.UTF-8 knows upper and lower case beyond ASCII, and like C it never changes its sorting under an index.
    private static async Task<string> LocaleAsync(CancellationToken cancellationToken)
    {
        var locales = await ChildProcess.RunAsync(["locale", "-a"], cancellationToken);
        return locales.Output.Split('\n').FirstOrDefault(name => name is "C.UTF-8" or "C.utf8") ?? "C";
    }
}
