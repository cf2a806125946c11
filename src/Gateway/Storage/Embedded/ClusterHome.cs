using System.Security.Cryptography;
using System.Text;

namespace Gateway.Storage.Embedded;

/// <summary>Where everything of one private cluster lies. All of it belongs to the server's account, for nobody else to read.</summary>
/// <param name="Root">Directory that holds the cluster and what stands beside it.</param>
/// <param name="Name">Name derived from the data directory and our account: no two checkouts share it.</param>
/// <param name="StartLock">Held exclusively while one process prepares, starts or leaves the cluster. Lies in the data directory.</param>
internal sealed record ClusterHome(string Root, string Name, string StartLock)
{
    // Run as ourselves. Hands over only what is our own: in /var/tmp anybody may have put something there before us.
    private const string MakeScript = """
        mkdir -m 700 "$1"
        if [ -n "$2" ] && [ ! -L "$1" ] && [ -O "$1" ]; then chown "$2:" "$1"; fi
        """;

    // Run as the server's account: the system itself tells whether it can get there.
    private const string PrepareScript = """
        umask 077
        cd "$1" && [ -O . ] && [ -w . ] && touch users.lock watchdog.lock && pwd -P
        """;

    public string Cluster => Path.Combine(Root, "cluster");

    public string PasswordFile => Path.Combine(Root, "password");

    public string ServerLog => Path.Combine(Root, "server.log");

    /// <summary>Held shared by every process that uses the server; exclusively by the watchdog while it stops the server.</summary>
    public string UsersLock => Path.Combine(Root, "users.lock");

    /// <summary>Held exclusively by the watchdog as long as it lives.</summary>
    public string WatchdogLock => Path.Combine(Root, "watchdog.lock");

    // Not below the data directory: the path of a socket must fit into 107 bytes. Not $TMPDIR: that may be another user's secret.
    public string SocketDirectory => "/tmp/" + Name;

    /// <summary>Finds or makes the place. Only to be called under the start lock of <paramref name="dataDirectory"/>, a physical path.</summary>
    public static async Task<Attempt<ClusterHome>> PrepareAsync(
        string dataDirectory, EmbeddedPostgresOptions options, ServerAccount account, CancellationToken cancellationToken)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(dataDirectory + "\n" + Environment.UserName));
        var name = "gateway-" + Convert.ToHexStringLower(digest.AsSpan(0, 8));
        var near = Path.Combine(dataDirectory, "postgres");
        // Where the server's account can always go. Not /var/tmp for what must last: files there are removed once they are old.
        var far = Path.Combine(options.Durable ? "/var/lib" : "/var/tmp", name);
        var pointer = Path.Combine(dataDirectory, "postgres-is-elsewhere.txt");

        // Once away it stays away, also if the directories above are opened later; a copied pointer names another's place.
        var away = account.Name is not null && File.Exists(pointer)
            && (await File.ReadAllTextAsync(pointer, cancellationToken)).Trim() == far;
        if (!away && await MakeAsync(near, account, cancellationToken) is { } root)
            return new ClusterHome(root, name, DataDirectory.StartLock(dataDirectory));
        if (account.Name is null)
            return EmbeddedPostgresFailure.NotAccessible(near);

        if (await MakeAsync(far, account, cancellationToken) is not { } otherRoot)
            return EmbeddedPostgresFailure.NotAccessible(far);
        if (!away)
        {
            if (Directory.Exists(near) && !Directory.EnumerateFileSystemEntries(near).Any())
                Directory.Delete(near);
            await File.WriteAllTextAsync(pointer, far + "\n", cancellationToken);
            options.Logger.ClusterIsElsewhere(account.Name, dataDirectory, far);
        }

        return new ClusterHome(otherRoot, name, DataDirectory.StartLock(dataDirectory));
    }

    /// <summary>The physical path, or null when the server's account cannot get there or write there.</summary>
    private static async Task<string?> MakeAsync(string root, ServerAccount account, CancellationToken cancellationToken)
    {
        await ChildProcess.RunAsync([ChildProcess.Shell, "-c", MakeScript, "gateway", root, account.Name ?? ""], cancellationToken);
        var prepared = await account.RunScriptAsync(PrepareScript, [root], cancellationToken);
        return prepared.ExitCode == 0 ? prepared.Output.TrimEnd('\n') : null;
    }
}
