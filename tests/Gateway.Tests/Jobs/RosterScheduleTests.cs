using Gateway.Districts;
using Gateway.Hosting;
using Gateway.Jobs;
using Gateway.Mail;
using Gateway.Rostering;
using Gateway.Tests.Rostering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Jobs;

public sealed class RosterScheduleTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "R-4.1")]
    public async Task Connecting_a_district_stores_its_schedule_in_its_own_time_zone()
    {
        using var folder = new TemporaryFolder();
        await using var gateway = await ServicesAsync();
        var newYork = await ConnectAsync(gateway, folder, "America/New_York", "0 15 3 * * ?");
        var honolulu = await ConnectAsync(gateway, folder, "Pacific/Honolulu", null);

        Assert.Equal("0 15 3 * * ? America/New_York WAITING", await TriggerAsync(newYork));
        Assert.Equal($"{NightlySchedule.For(honolulu)} Pacific/Honolulu WAITING", await TriggerAsync(honolulu));
    }

    [Fact]
    [Trait("Requirement", "R-4.4")]
    public async Task A_schedule_that_is_right_is_left_alone_and_one_that_changed_is_replaced()
    {
        using var folder = new TemporaryFolder();
        await using var gateway = await ServicesAsync();
        var district = await ConnectAsync(gateway, folder, "America/New_York", "0 15 3 * * ?");
        const string row = "select t.xmin::text from jobs.qrtz_triggers t where trigger_group = 'rosters' and trigger_name = @d::text";
        var before = await database.AskAsync<string>(row, district);

        await gateway.GetRequiredService<IRosterSchedules>().SyncAllAsync(Cancellation);
        Assert.Equal(before, await database.AskAsync<string>(row, district));

        var connections = gateway.GetRequiredService<RosterConnections>();
        await connections.ConnectAsync(new RosterConnectCommand(district) { CsvFolder = folder.Path, Schedule = "0 30 4 * * ?" }, Cancellation);
        Assert.Equal("0 30 4 * * ? America/New_York WAITING", await TriggerAsync(district));
    }

    [Fact]
    public async Task Schedules_of_districts_that_are_gone_go_too()
    {
        using var folder = new TemporaryFolder();
        await using var gateway = await ServicesAsync();
        var district = await ConnectAsync(gateway, folder, "America/New_York", null);
        await database.AskAsync<int>("delete from gateway.district where id = @d returning id", district);

        await gateway.GetRequiredService<IRosterSchedules>().SyncAllAsync(Cancellation);

        Assert.Equal(0, await database.AskAsync<long>("select count(*) from jobs.qrtz_job_details where job_name = @d::text", district));
    }

    [Fact]
    [Trait("Requirement", "R-4.1")]
    public async Task Run_now_asked_in_one_process_runs_the_roster_in_another()
    {
        using var folder = new TemporaryFolder();
        new MadeUpRoster().WriteTo(folder.Path);
        await using var command = await ServicesAsync();
        var district = await ConnectAsync(command, folder, "America/New_York", null);
        using var serving = await ServingAsync();
        await serving.StartAsync(Cancellation);

        Assert.True(await command.GetRequiredService<IRosterSchedules>().RunNowAsync(district, Cancellation));

        await Eventually.TrueAsync(async () => await database.AskAsync<long>(
            "select count(*) from gateway.roster_run where district_id = @d and state = 'applied' and trigger = 'schedule'", district) == 1);
        await serving.StopAsync(CancellationToken.None);
        Assert.Equal(8, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d", district));
    }

    [Fact]
    public async Task What_has_expired_is_purged_on_the_clustered_store()
    {
        var district = await database.AddDistrictAsync();
        await database.AskAsync<Guid>(
            "insert into gateway.spent_value (id, district_id, expires_at) values (gen_random_uuid(), @d, '2020-01-01Z') returning id", district);
        using var serving = await ServingAsync();
        // As on a first start: another test's gateway may have run the purge less than a minute ago.
        await database.AskAsync<long>("""
            with triggers as (delete from jobs.qrtz_triggers where trigger_group = 'housekeeping' returning 1) select count(*) from triggers
            """);
        await database.AskAsync<long>("""
            with details as (delete from jobs.qrtz_job_details where job_group = 'housekeeping' returning 1) select count(*) from details
            """);

        await serving.StartAsync(Cancellation);

        await Eventually.TrueAsync(async () => await database.AskAsync<long>("select count(*) from gateway.spent_value where district_id = @d", district) == 0);
        await serving.StopAsync(CancellationToken.None);
    }

    [Fact]
    [Trait("Requirement", "P-6")]
    public async Task The_schedulers_tables_hold_numbers_of_districts_and_no_data()
    {
        using var folder = new TemporaryFolder();
        await using var gateway = await ServicesAsync();
        var district = await ConnectAsync(gateway, folder, "America/New_York", null);

        Assert.Equal("rosters.true", await database.AskAsync<string>(
            "select job_group || '.' || (job_data is null or job_data in ('', '{}'))::text from jobs.qrtz_job_details where job_name = @d::text", district));
        var text = await Dump.EverythingAsync(database, "jobs");
        Assert.DoesNotContain("Made-Up", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(folder.Path, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gateways_role_can_use_the_schedulers_tables_but_not_change_them()
    {
        await using var gateway = await ServicesAsync();
        await using var command = database.Gateway.DataSource.CreateCommand("create table jobs.more (id int)");

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));

        Assert.Equal("42501", refused.SqlState);
    }

    [Theory]
    [InlineData("0 15 3 * * ?", true)]
    [InlineData("every night", false)]
    [InlineData("15 3 * * *", false)]
    [InlineData("0 15 3 31 2 ?", false)]
    public async Task Schedules_are_checked_by_the_schedulers_own_parser(string cron, bool valid)
    {
        await using var gateway = await ServicesAsync();

        Assert.Equal(valid, gateway.GetRequiredService<IRosterSchedules>().IsValid(cron));
    }

    private Task<string> TriggerAsync(int district) => database.AskAsync<string>("""
        select concat_ws(' ', c.cron_expression, c.time_zone_id, t.trigger_state)
        from jobs.qrtz_cron_triggers c join jobs.qrtz_triggers t using (sched_name, trigger_name, trigger_group)
        where c.trigger_group = 'rosters' and c.trigger_name = @d::text
        """, district);

    private async Task<int> ConnectAsync(IServiceProvider gateway, TemporaryFolder folder, string zone, string? schedule)
    {
        var district = await database.AddDistrictAsync(zone);
        var outcome = await gateway.GetRequiredService<RosterConnections>()
            .ConnectAsync(new RosterConnectCommand(district) { CsvFolder = folder.Path, Schedule = schedule }, Cancellation);
        Assert.Empty(outcome.Problems);
        return district;
    }

    private async Task<ServiceProvider> ServicesAsync()
    {
        await JobsSchema.EnsureAsync(database.OwnerConnectionString, database.ApplicationRole, Cancellation);
        var services = new ServiceCollection();
        Register(services);
        return services.BuildServiceProvider();
    }

    private async Task<IHost> ServingAsync()
    {
        await JobsSchema.EnsureAsync(database.OwnerConnectionString, database.ApplicationRole, Cancellation);
        var host = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        Register(host.Services);
        host.Services.AddJobsHosting();
        return host.Build();
    }

    private void Register(IServiceCollection services) => services
        .AddLogging()
        .AddSingleton(database.Gateway)
        .AddSingleton(database.Sealer)
        .AddSingleton(database.Trail)
        .AddSingleton(database.Keys)
        .AddSingleton(TimeProvider.System)
        .AddSingleton(Options.Create(new GatewayOptions()))
        .AddSingleton<OutboundGuard>()
        .AddMail()
        .AddDistricts()
        .AddRostering()
        .AddJobs();
}
