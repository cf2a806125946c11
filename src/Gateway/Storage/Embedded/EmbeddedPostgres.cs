namespace Gateway.Storage.Embedded;

/// <summary>
/// A private PostgreSQL cluster below a data directory, reachable by a unix socket alone. All processes of one checkout share it;
/// it stops with the last of them, however that ended.
/// </summary>
internal sealed class EmbeddedPostgres : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private const int Starts = 3;

    private readonly ClusterHome _home;
    private readonly ServerAccount _account;
    private readonly EmbeddedPostgresOptions _options;
    private IDisposable? _membership;

    private EmbeddedPostgres(
        ClusterHome home, ServerAccount account, EmbeddedPostgresOptions options, PostgresBinaries binaries, Postmaster server, string connection)
    {
        (_home, _account, _options) = (home, account, options);
        (Binaries, PostmasterPid, SocketDirectory, OwnerConnectionString) = (binaries, server.ProcessId, server.SocketDirectory, connection);
    }

    /// <summary>Connection string of the superuser <c>gateway_owner</c> to the database <c>gateway</c>. A secret.</summary>
    public string OwnerConnectionString { get; }

    /// <summary>PostgreSQL's own data directory (<c>PGDATA</c>).</summary>
    public string DataDirectory => _home.Cluster;

    /// <summary>Directory that holds the cluster, its password, its log and its locks.</summary>
    public string HomeDirectory => _home.Root;

    public string SocketDirectory { get; }

    public int PostmasterPid { get; }

    public PostgresBinaries Binaries { get; }

    /// <summary>Starts the cluster, creating it first if need be, or joins the processes that already use it.</summary>
    public static async Task<EmbeddedPostgresOutcome> StartAsync(EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        var started = await StartOrFailAsync(options, cancellationToken);
        return started.Succeeded(out var server, out var failure)
            ? new EmbeddedPostgresOutcome.Running(server)
            : new EmbeddedPostgresOutcome.Failed(failure);
    }

    /// <summary>Leaves the cluster; returns when the server has stopped, unless others use it still.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _membership, null) is not { } membership)
            return;

        using var starting = await FileLock.AcquireAsync(_home.StartLock, shared: false, Patience, _options.TimeProvider, CancellationToken.None);
        if (!await LastUser.LeaveAsync(_home, Binaries, _account, membership, Patience, _options.TimeProvider))
            _options.Logger.StillStopping(_home.Cluster);
    }

    private static async Task<Attempt<EmbeddedPostgres>> StartOrFailAsync(EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            return EmbeddedPostgresFailure.UnsupportedSystem;
        if (ChildProcess.Find("flock") is null)
            return EmbeddedPostgresFailure.FlockMissing;
        var installed = await PostgresBinaries.FindAllAsync(options.BinaryDirectories, cancellationToken);
        if (installed.Count == 0)
            return EmbeddedPostgresFailure.BinariesMissing;
        if (!(await ServerAccount.FindAsync(cancellationToken)).Succeeded(out var account, out var failure))
            return failure;
        if (!(await Embedded.DataDirectory.EnsureAsync(options.DataDirectory, account, cancellationToken)).Succeeded(out var directory, out failure))
            return failure;

        // Always this lock before the users': the last user leaves under it, and nobody may arrive meanwhile.
        using var starting = await FileLock.AcquireAsync(
            Embedded.DataDirectory.StartLock(directory), shared: false, Patience, options.TimeProvider, cancellationToken);
        if (starting is null)
            return EmbeddedPostgresFailure.Busy;
        if (!(await ClusterHome.PrepareAsync(directory, options, account, cancellationToken)).Succeeded(out var home, out failure))
            return failure;
        if (!(await ClusterInitializer.EnsureAsync(home, installed, options.Durable, account, cancellationToken))
            .Succeeded(out var binaries, out failure))
            return failure;
        var membership = await FileLock.AcquireAsync(home.UsersLock, shared: true, Patience, options.TimeProvider, cancellationToken);
        if (membership is null)
            return EmbeddedPostgresFailure.Busy;

        var joined = false;
        try
        {
            if (!(await JoinAsync(home, binaries, account, options, cancellationToken)).Succeeded(out var server, out failure))
                return failure;
            server._membership = membership;
            joined = true;
            return server;
        }
        finally
        {
            if (!joined)
                await LastUser.LeaveAsync(home, binaries, account, membership, Patience, options.TimeProvider);
        }
    }

    private static async Task<Attempt<EmbeddedPostgres>> JoinAsync(
        ClusterHome home, PostgresBinaries binaries, ServerAccount account, EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        for (var start = 0; start < Starts; start++)
        {
            if (!(await ServerStarter.StartAsync(home, binaries, account, options, cancellationToken)).Succeeded(out var server, out var failure))
                return failure;
            if (await OwnerDatabase.OpenAsync(home, server, options.TimeProvider, cancellationToken) is not { } opened)
                continue;
            return opened.Succeeded(out var connection, out failure)
                ? new EmbeddedPostgres(home, account, options, binaries, server, connection)
                : failure;
        }

        return EmbeddedPostgresFailure.StartFailed("it stopped again each time");
    }
}
