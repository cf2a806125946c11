using System.Diagnostics;
using System.Globalization;

namespace Gateway.Tests.Storage.Embedded;

public sealed class EmbeddedPostgresRecoveryTests
{
    [Fact]
    public async Task A_server_that_was_killed_starts_again_with_its_data()
    {
        await using var checkout = new Checkout { Durable = true };
        var first = await checkout.StartAsync();
        await Checkout.AskAsync(first.OwnerConnectionString, "create table kept (x int); insert into kept values (7)");

        Process.GetProcessById(first.PostmasterPid).Kill();
        var second = await checkout.StartAsync();

        Assert.NotEqual(first.PostmasterPid, second.PostmasterPid);
        Assert.Equal("7", await Checkout.AskAsync(second.OwnerConnectionString, "select x from kept"));
    }

    [Fact]
    public async Task A_busy_backend_that_outlives_a_killed_server_does_not_stand_in_the_way()
    {
        await using var checkout = new Checkout();
        var first = await checkout.StartAsync();
        // Busy without ever waiting: such a backend does not notice that the postmaster is gone. It ends by itself should this test be killed.
        var endless = Checkout.AskAsync(first.OwnerConnectionString, "do $$ begin while clock_timestamp() < now() + interval '2 minutes' loop end loop; end $$");
        await Checkout.UntilAsync(() => Checkout.Processes(first).Any(line => line.TrimEnd().EndsWith(" DO", StringComparison.Ordinal)));

        Process.GetProcessById(first.PostmasterPid).Kill();
        var second = await checkout.StartAsync();

        Assert.Equal("1", await Checkout.AskAsync(second.OwnerConnectionString, "select 1"));
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => endless);
    }

    [Fact]
    public async Task A_stale_process_number_that_now_is_another_programs_is_ignored_and_that_program_left_alone()
    {
        await using var checkout = new Checkout();
        var first = await checkout.StartAsync();
        await first.DisposeAsync();
        // Of the server's own account: PostgreSQL by itself would honour its number.
        var foreign = await checkout.SpawnSleeperAsync();
        var number = foreign.Id.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(
            Path.Combine(first.DataDirectory, "postmaster.pid"),
            $"{number}\n{first.DataDirectory}\n1700000000\n5432\n{first.SocketDirectory}\n\n1 1\nready   \n",
            TestContext.Current.CancellationToken);
        Directory.CreateDirectory(first.SocketDirectory);
        if (Environment.IsPrivilegedProcess)
            await checkout.RunAsync("chown", "postgres:", first.SocketDirectory);
        await File.WriteAllTextAsync(
            Path.Combine(first.SocketDirectory, ".s.PGSQL.5432.lock"), number + "\n", TestContext.Current.CancellationToken);

        var second = await checkout.StartAsync();
        Assert.NotEqual(foreign.Id, second.PostmasterPid);
        Assert.Equal("1", await Checkout.AskAsync(second.OwnerConnectionString, "select 1"));

        await second.DisposeAsync();
        Assert.False(foreign.HasExited);
    }

    [Fact]
    public async Task The_watchdog_never_signals_a_program_that_got_the_servers_number()
    {
        await using var checkout = new Checkout();
        var server = await checkout.StartAsync();
        var foreign = await checkout.SpawnSleeperAsync();
        Process.GetProcessById(server.PostmasterPid).Kill();
        var file = Path.Combine(server.DataDirectory, "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        lines[0] = foreign.Id.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);

        await server.DisposeAsync();

        Assert.False(foreign.HasExited);
        Assert.False(Directory.Exists(server.SocketDirectory));
    }

    [Fact]
    public async Task A_half_made_cluster_of_a_killed_start_is_cleared_away()
    {
        await using var checkout = new Checkout();
        var first = await checkout.StartAsync();
        await first.DisposeAsync();
        Directory.Move(first.DataDirectory, Path.Combine(first.HomeDirectory, "cluster.new-0000"));
        File.Delete(Path.Combine(first.HomeDirectory, "cluster.new-0000", "PG_VERSION"));

        var second = await checkout.StartAsync();

        Assert.Equal("1", await Checkout.AskAsync(second.OwnerConnectionString, "select 1"));
        Assert.Equal(["cluster"], Directory.GetDirectories(second.HomeDirectory).Select(Path.GetFileName));
    }
}
