using Gateway.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Stage;

/// <summary>The private PostgreSQL of a test run: the gateway's own embedded cluster, in a temporary directory, not durable.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly SemaphoreSlim Starting = new(1, 1);
    private static TestCluster? running;
    private readonly EmbeddedPostgres server;
    private readonly string directory;

    private TestCluster(EmbeddedPostgres server, string directory)
    {
        this.server = server;
        this.directory = directory;
    }

    /// <summary>The owner's connection to the cluster that <see cref="StartAsync"/> started.</summary>
    public static string OwnerConnectionString =>
        (running ?? throw new InvalidOperationException("The test cluster has not been started: it is an assembly fixture.")).server.OwnerConnectionString;

    /// <summary>Where <c>pg_dump</c> and its kin are.</summary>
    public static PostgresBinaries Binaries => running!.server.Binaries;

    /// <summary>Where the server's files are: data, logs.</summary>
    public static string HomeDirectory => running!.server.HomeDirectory;

    public static async Task<TestCluster> StartAsync()
    {
        await Starting.WaitAsync();
        try
        {
            if (running is not null)
                throw new InvalidOperationException("One cluster a run.");
            var directory = Directory.CreateTempSubdirectory("gateway-tests-").FullName;
            var outcome = await EmbeddedPostgres.StartAsync(
                new() { DataDirectory = directory, Durable = false, TimeProvider = TimeProvider.System, Logger = NullLogger.Instance }, CancellationToken.None);
            if (outcome is EmbeddedPostgresOutcome.Running { Server: var server })
                return running = new TestCluster(server, directory);
            Directory.Delete(directory, recursive: true);
            var failure = ((EmbeddedPostgresOutcome.Failed)outcome).Failure;
            throw new InvalidOperationException($"{failure.Code}: {failure.Message}");
        }
        finally
        {
            Starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        var home = server.HomeDirectory;
        await server.DisposeAsync();
        running = null;
        foreach (var left in new[] { home, directory }.Where(Directory.Exists))
            Directory.Delete(left, recursive: true);
    }
}
