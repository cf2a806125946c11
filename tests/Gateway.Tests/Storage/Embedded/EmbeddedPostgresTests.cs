namespace Gateway.Tests.Storage.Embedded;

public sealed class EmbeddedPostgresTests
{
    [Fact]
    public async Task A_new_cluster_answers_with_checksums_and_without_a_network_listener()
    {
        await using var checkout = new Checkout();
        var server = await checkout.StartAsync();

        Assert.Equal("1", await Checkout.AskAsync(server.OwnerConnectionString, "select 1"));
        Assert.Equal("gateway", await Checkout.AskAsync(server.OwnerConnectionString, "select current_database()"));
        Assert.Equal("on", await Checkout.AskAsync(server.OwnerConnectionString, "show data_checksums"));
        Assert.Equal("UTF8", await Checkout.AskAsync(server.OwnerConnectionString, "show server_encoding"));
        Assert.Equal("", await Checkout.AskAsync(server.OwnerConnectionString, "show listen_addresses"));
        Assert.Equal("", await Checkout.AskAsync(server.OwnerConnectionString, "select coalesce(inet_server_addr()::text, '')"));
        Assert.True(server.Binaries.MajorVersion >= 15);
    }

    [Fact]
    public async Task Nobody_but_the_owner_can_read_the_password_the_data_or_the_socket()
    {
        await using var checkout = new Checkout();
        var server = await checkout.StartAsync();

        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (var path in new[]
        {
            server.HomeDirectory, server.DataDirectory, server.SocketDirectory, Path.Combine(server.HomeDirectory, "password"),
        })
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & others);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_on_the_socket_too()
    {
        await using var checkout = new Checkout();
        var server = await checkout.StartAsync();
        var wrong = new Npgsql.NpgsqlConnectionStringBuilder(server.OwnerConnectionString) { Password = "guess" }.ConnectionString;

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Checkout.AskAsync(wrong, "select 1"));

        Assert.Equal(Npgsql.PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    // docker/compose.yaml hands the password to the gateways this way.
    [Fact]
    public async Task A_password_file_named_in_the_connection_string_serves_as_well()
    {
        await using var checkout = new Checkout();
        var server = await checkout.StartAsync();
        var owner = new Npgsql.NpgsqlConnectionStringBuilder(server.OwnerConnectionString);
        var file = Path.Combine(checkout.Directory, "passfile");
        await File.WriteAllTextAsync(file, $"*:*:gateway:{owner.Username}:{owner.Password}\n", TestContext.Current.CancellationToken);
        owner.Password = null;
        owner.Passfile = file;

        Assert.Equal("1", await Checkout.AskAsync(owner.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_value_in_a_failing_statement_does_not_reach_the_server_log()
    {
        await using var checkout = new Checkout();
        var server = await checkout.StartAsync();

        await Assert.ThrowsAsync<Npgsql.PostgresException>(
            () => Checkout.AskAsync(server.OwnerConnectionString, "select 'Zoe Learner'::uuid"));

        var log = await File.ReadAllTextAsync(Path.Combine(server.HomeDirectory, "server.log"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Zoe", log, StringComparison.Ordinal);
        Assert.Contains("ready to accept connections", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_stored_is_there_after_a_stop_and_a_start()
    {
        await using var checkout = new Checkout();
        await using (var first = await checkout.StartAsync())
            await Checkout.AskAsync(first.OwnerConnectionString, "create table kept (x int); insert into kept values (7)");

        var second = await checkout.StartAsync();

        Assert.Equal("7", await Checkout.AskAsync(second.OwnerConnectionString, "select x from kept"));
    }

    [Fact]
    public async Task Two_checkouts_side_by_side_do_not_disturb_each_other()
    {
        await using var left = new Checkout();
        await using var right = new Checkout();
        var servers = await Task.WhenAll(left.StartAsync(), right.StartAsync());

        Assert.NotEqual(servers[0].PostmasterPid, servers[1].PostmasterPid);
        await Checkout.AskAsync(servers[0].OwnerConnectionString, "create table mine (x int)");
        Assert.Equal("False", await Checkout.AskAsync(servers[1].OwnerConnectionString, "select to_regclass('mine') is not null"));

        await servers[0].DisposeAsync();
        Assert.Equal("1", await Checkout.AskAsync(servers[1].OwnerConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_copied_data_directory_gets_a_server_of_its_own_while_the_original_runs()
    {
        await using var original = new Checkout();
        var first = await original.StartAsync();
        await using var copy = new Checkout();
        await copy.RunAsync("cp", "-a", original.Options.DataDirectory, copy.Directory);

        var second = await copy.StartAsync();

        Assert.NotEqual(first.PostmasterPid, second.PostmasterPid);
        Assert.Equal("1", await Checkout.AskAsync(first.OwnerConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_checkout_that_the_server_account_cannot_enter_still_gets_a_cluster()
    {
        await using var checkout = new Checkout(reachable: false);
        var server = await checkout.StartAsync();
        Assert.Equal("1", await Checkout.AskAsync(server.OwnerConnectionString, "select 1"));
        if (!Environment.IsPrivilegedProcess)
            return;

        var pointer = Path.Combine(checkout.Options.DataDirectory, "postgres-is-elsewhere.txt");
        Assert.Equal(server.HomeDirectory, (await File.ReadAllTextAsync(pointer, TestContext.Current.CancellationToken)).Trim());
        await server.DisposeAsync();

        // Opening the directory later must not make the data vanish.
        File.SetUnixFileMode(checkout.Directory, (UnixFileMode)Convert.ToInt32("755", 8));
        Assert.Equal(server.HomeDirectory, (await checkout.StartAsync()).HomeDirectory);
    }
}
