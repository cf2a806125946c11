using Gateway.Storage.Embedded;

namespace Gateway.Tests.Storage.Embedded;

public sealed class EmbeddedPostgresRefusalTests
{
    [Fact]
    public async Task Without_PostgreSQL_the_message_says_how_to_install_it()
    {
        await using var checkout = new Checkout();

        var failure = await FailAsync(checkout.Options with { BinaryDirectories = [checkout.Directory] });

        Assert.Equal("postgres.binaries_missing", failure.Code);
        Assert.Contains("apt-get install -y postgresql", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_of_a_version_that_is_not_installed_is_refused_and_left_alone()
    {
        await using var checkout = new Checkout();
        var server = await checkout.StartAsync();
        await server.DisposeAsync();
        var version = Path.Combine(server.DataDirectory, "PG_VERSION");
        await File.WriteAllTextAsync(version, "14\n", TestContext.Current.CancellationToken);

        Assert.Equal("postgres.data_from_other_version", (await FailAsync(checkout.Options)).Code);
        Assert.True(File.Exists(version));
    }

    [Fact]
    public async Task A_server_that_does_not_start_shows_its_log_and_leaves_no_process()
    {
        await using var checkout = new Checkout();
        var server = await checkout.StartAsync();
        await server.DisposeAsync();
        await File.AppendAllTextAsync(
            Path.Combine(server.DataDirectory, "postgresql.conf"), "work_mem = 'plenty'\n", TestContext.Current.CancellationToken);

        var failure = await FailAsync(checkout.Options);

        Assert.Equal("postgres.start_failed", failure.Code);
        Assert.Contains("work_mem", failure.Message, StringComparison.Ordinal);
        await Checkout.UntilAsync(() => Checkout.Processes(server).Count == 0);
    }

    [Fact]
    public async Task A_lost_password_file_is_told_and_leaves_no_process()
    {
        await using var checkout = new Checkout();
        var server = await checkout.StartAsync();
        await server.DisposeAsync();
        File.Delete(Path.Combine(server.HomeDirectory, "password"));

        Assert.Equal("postgres.password_missing", (await FailAsync(checkout.Options)).Code);
        await Checkout.UntilAsync(() => Checkout.Processes(server).Count == 0);
    }

    [Fact]
    public async Task A_socket_directory_that_somebody_else_made_is_refused()
    {
        await using var checkout = new Checkout();
        var server = await checkout.StartAsync();
        await server.DisposeAsync();
        var trap = checkout.Directory + "/trap";
        Directory.CreateDirectory(trap);
        Directory.CreateSymbolicLink(server.SocketDirectory, trap);
        try
        {
            Assert.Equal("postgres.socket_directory_taken", (await FailAsync(checkout.Options)).Code);
        }
        finally
        {
            File.Delete(server.SocketDirectory);
        }
    }

    private static async Task<EmbeddedPostgresFailure> FailAsync(EmbeddedPostgresOptions options) =>
        Assert.IsType<EmbeddedPostgresOutcome.Failed>(
            await EmbeddedPostgres.StartAsync(options, TestContext.Current.CancellationToken)).Failure;
}
