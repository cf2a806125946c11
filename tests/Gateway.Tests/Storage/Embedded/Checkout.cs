using System.Diagnostics;
using Gateway.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Gateway.Tests.Storage.Embedded;

/// <summary>A temporary data directory with a private cluster, as a checkout has one; leaves neither processes nor files.</summary>
internal sealed class Checkout : IAsyncDisposable
{
    private readonly List<EmbeddedPostgres> _users = [];
    private readonly List<Process> _children = [];
    private string? _home;

    public Checkout(bool reachable = true)
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("gateway-test-").FullName;
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(Directory, reachable ? mode | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : mode);
    }

    public string Directory { get; }

    public bool Durable { get; init; }

    public EmbeddedPostgresOptions Options => new()
    {
        DataDirectory = Path.Combine(Directory, ".data"),
        Durable = Durable,
        TimeProvider = TimeProvider.System,
        Logger = NullLogger.Instance,
    };

    public async Task<EmbeddedPostgres> StartAsync()
    {
        var outcome = await EmbeddedPostgres.StartAsync(Options, TestContext.Current.CancellationToken);
        if (outcome is EmbeddedPostgresOutcome.Failed failed)
            Assert.Fail(failed.Failure.Code + ": " + failed.Failure.Message);
        var server = ((EmbeddedPostgresOutcome.Running)outcome).Server;
        _users.Add(server);
        _home = server.HomeDirectory;
        return server;
    }

    public Process Spawn(string program, params string[] arguments)
    {
        var child = Process.Start(new ProcessStartInfo(program, arguments))!;
        _children.Add(child);
        return child;
    }

    /// <summary>A program that is not PostgreSQL, of the account that the server runs as.</summary>
    public async Task<Process> SpawnSleeperAsync()
    {
        var child = Environment.IsPrivilegedProcess
            ? Spawn("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "sleep", "600")
            : Spawn("sleep", "600");
        await UntilAsync(() => File.ReadAllText($"/proc/{child.Id}/comm").Trim() == "sleep");
        return child;
    }

    public async Task RunAsync(string program, params string[] arguments)
    {
        var child = Spawn(program, arguments);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, child.ExitCode);
    }

    public static async Task<string?> AskAsync(string connectionString, string question)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(question, connection);
        return (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))?.ToString();
    }

    /// <summary>Command lines of the processes, server or watchdog, that have to do with this checkout's cluster.</summary>
    public static IReadOnlyList<string> Processes(EmbeddedPostgres server) =>
    [
        .. System.IO.Directory.EnumerateDirectories("/proc")
            .Where(path => int.TryParse(Path.GetFileName(path), out var id) && id != Environment.ProcessId)
            .Select(CommandLine)
            .Where(line => line.Contains(server.HomeDirectory, StringComparison.Ordinal)
                || line.Contains(Path.GetFileName(server.SocketDirectory), StringComparison.Ordinal)),
    ];

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in _children)
        {
            child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync(CancellationToken.None);
            child.Dispose();
        }

        foreach (var user in _users)
            await user.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
        if (_home is not null && System.IO.Directory.Exists(_home))
            System.IO.Directory.Delete(_home, recursive: true);
    }

    public static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
