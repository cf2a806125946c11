using System.IO.Pipes;

namespace Gateway.Tests.Storage.Embedded;

public sealed class EmbeddedPostgresSharingTests
{
    [Fact]
    public async Task Two_users_share_one_server_and_the_last_one_stops_it()
    {
        await using var checkout = new Checkout();
        var first = await checkout.StartAsync();
        var second = await checkout.StartAsync();
        Assert.Equal(first.PostmasterPid, second.PostmasterPid);

        await first.DisposeAsync();
        Assert.Equal("1", await Checkout.AskAsync(second.OwnerConnectionString, "select 1"));

        await second.DisposeAsync();
        Assert.False(Directory.Exists($"/proc/{second.PostmasterPid}") && Checkout.Processes(second).Count > 0);
        Assert.False(File.Exists(Path.Combine(second.DataDirectory, "postmaster.pid")));
        Assert.False(Directory.Exists(second.SocketDirectory));
        await Checkout.UntilAsync(() => Checkout.Processes(second).Count == 0);
    }

    [Fact]
    public async Task Many_starting_and_leaving_at_once_all_get_a_server_that_answers()
    {
        await using var checkout = new Checkout();
        var users = Enumerable.Range(0, 6).Select(async _ =>
        {
            for (var round = 0; round < 3; round++)
            {
                await using var server = await checkout.StartAsync();
                Assert.Equal("1", await Checkout.AskAsync(server.OwnerConnectionString, "select 1"));
            }
        });

        await Task.WhenAll(users);

        Assert.False(File.Exists(Path.Combine(checkout.Options.DataDirectory, "postgres", "cluster", "postmaster.pid")));
    }

    [Fact]
    public async Task The_server_outlives_its_starter_while_another_user_lives_and_ends_when_that_one_is_killed()
    {
        await using var checkout = new Checkout();
        var starter = await checkout.StartAsync();
        var other = checkout.Spawn("flock", "--shared", "--no-fork", Path.Combine(starter.HomeDirectory, "users.lock"), "sleep", "600");
        await Checkout.UntilAsync(() => File.ReadAllText($"/proc/{other.Id}/comm").Trim() == "sleep");

        await starter.DisposeAsync();
        Assert.Equal("1", await Checkout.AskAsync(starter.OwnerConnectionString, "select 1"));

        other.Kill();
        await Checkout.UntilAsync(() => Checkout.Processes(starter).Count == 0);
        Assert.False(File.Exists(Path.Combine(starter.DataDirectory, "postmaster.pid")));
    }

    [Fact]
    public async Task A_killed_watchdog_is_replaced_by_the_next_user_and_missed_by_nobody()
    {
        await using var checkout = new Checkout();
        var server = await checkout.StartAsync();
        await checkout.RunAsync("pkill", "-9", "-f", "gateway-watchdog " + server.HomeDirectory + " ");

        await server.DisposeAsync();

        Assert.False(File.Exists(Path.Combine(server.DataDirectory, "postmaster.pid")));
        await Checkout.UntilAsync(() => Checkout.Processes(server).Count == 0);
    }

    [Fact]
    public async Task Server_and_watchdog_do_not_keep_a_pipe_open_that_their_starter_inherited()
    {
        await using var checkout = new Checkout();
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        var target = new FileInfo("/proc/self/fd/" + pipe.GetClientHandleAsString()).LinkTarget;
        Assert.StartsWith("pipe:", target, StringComparison.Ordinal);

        var server = await checkout.StartAsync();

        var descriptors = Directory.EnumerateDirectories("/proc")
            .Where(path => int.TryParse(Path.GetFileName(path), out var id) && id != Environment.ProcessId)
            .Where(path => Checkout.CommandLine(path).Contains(server.HomeDirectory, StringComparison.Ordinal))
            .SelectMany(path => Directory.EnumerateFileSystemEntries(path + "/fd"))
            .Select(descriptor => new FileInfo(descriptor).LinkTarget)
            .ToList();
        Assert.NotEmpty(descriptors);
        Assert.DoesNotContain(target, descriptors);
    }
}
