using Gateway.Storage;
using Npgsql;
using Quartz;

namespace Gateway.Jobs;

/// <summary>
/// The scheduler's tables, in a schema of their own. The role that the gateway works as may not create anything, so this runs as the
/// owner, inside the lock that migrations run in. Creates what is missing and grants; never alters.
/// </summary>
internal static class JobsSchema
{
    public const string TablePrefix = "jobs.qrtz_";

    public static async Task EnsureAsync(string ownerConnectionString, string applicationRole, CancellationToken cancellation)
    {
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false });
        await ExecuteAsync(owner, "create schema if not exists jobs", cancellation);
        await CreateTablesAsync(owner, cancellation);
        var role = ApplicationRole.Quote(applicationRole);
        await ExecuteAsync(owner, $"""
            revoke all on schema jobs from public;
            grant usage on schema jobs to {role};
            grant select, insert, update, delete on all tables in schema jobs to {role};
            """, cancellation);
    }

    // Quartz creates its tables when a scheduler is built; this one is never started, so it fires nothing.
    private static async Task CreateTablesAsync(NpgsqlDataSource owner, CancellationToken cancellation)
    {
        await using var factory = QuartzSchedulerBuilder.Create(quartz => quartz
            .ConfigureScheduler(options => options.InstanceName = "schema")
            .UsePersistentStore(store => store
                .UsePostgres(options => options.DataSourceFactory = _ => owner)
                .ConfigureStore(options => options.TablePrefix = TablePrefix)
                .ProvisionSchema())).Build();
        var scheduler = await factory.GetScheduler(cancellation);
        await scheduler.Shutdown(waitForJobsToComplete: false, cancellation);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource owner, string sql, CancellationToken cancellation)
    {
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
