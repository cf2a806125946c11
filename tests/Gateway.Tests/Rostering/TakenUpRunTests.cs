using Gateway.Rostering;
using Gateway.Stage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Samples.Sis;

namespace Gateway.Tests.Rostering;

/// <summary>Real processes on one database, and a SIS that can be made to wait.</summary>
public sealed class TakenUpRunTests : IAsyncLifetime
{
    private readonly SisOptions options = new() { ClientSecret = "a made-up secret of the sample SIS", Students = 50 };
    private TaskCompletionSource gate = Opened();
    private int enrollmentRequests;
    private WebApplication sis = null!;
    private TestStage stage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        sis = SisServer.Build(options);
        sis.Use(async (HttpContext http, RequestDelegate next) =>
        {
            if (http.Request.Path.Value!.EndsWith("/enrollments", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref enrollmentRequests);
                await gate.Task;
            }

            await next(http);
        });
        await sis.StartAsync(Cancellation);
        stage = await TestStage.StartAsync();
        var connected = await stage.Services.GetRequiredService<RosterConnections>().ConnectAsync(new RosterConnectCommand(stage.District.Id)
        {
            Version = "1.2",
            BaseUrl = $"{sis.Urls.First()}/ims/oneroster/rostering/v1p2",
            TokenUrl = $"{sis.Urls.First()}/token",
            ClientId = options.ClientId,
            Secret = System.Text.Encoding.UTF8.GetBytes(options.ClientSecret),
            Schedule = "0 0 12 1 1 ?",
        }, Cancellation);
        Assert.True(connected.Connected);
        await stage.StopGatewayAsync();
    }

    public async ValueTask DisposeAsync()
    {
        gate.TrySetResult();
        await stage.DisposeAsync();
        await sis.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "R-3.2")]
    public async Task A_run_whose_process_is_killed_is_taken_up_by_another_node_and_finished()
    {
        gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await OverdueAsync(nights: 1);
        await using var first = await GatewayProcess.ServeAsync(stage.EnvironmentSettings());
        await Until.TrueAsync(() => Task.FromResult(Volatile.Read(ref enrollmentRequests) == 1), "the first node reads");
        await using var second = await GatewayProcess.ServeAsync(Elsewhere());
        Assert.Equal("running", await StatesAsync());

        await first.KillAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref enrollmentRequests) == 2));
        Assert.Equal("failed roster.interrupted,running", await StatesAsync());
        gate.SetResult();
        await Until.TrueAsync(async () => await StatesAsync() == "failed roster.interrupted,applied", "an applied run");

        Assert.True(await stage.Database.AskAsync<long>("select count(*) from gateway.enrollment") > 50);
        Assert.Equal(0, await stage.Database.AskAsync<long>("select count(*) from gateway.roster_retry"));
    }

    [Fact]
    [Trait("Requirement", "R-4.4")]
    public async Task A_trigger_that_is_overdue_by_three_nights_runs_once_at_the_start()
    {
        await OverdueAsync(nights: 3);

        await using var first = await GatewayProcess.ServeAsync(stage.EnvironmentSettings());
        await using var second = await GatewayProcess.ServeAsync(Elsewhere());
        await Until.TrueAsync(async () => await StatesAsync() == "applied", "an applied run");
        // Both schedulers have looked for work again by the time of their second sign of life from now on.
        var later = TimeProvider.System.GetUtcNow().AddSeconds(12).UtcTicks;
        await Until.TrueAsync(
            async () => await stage.Database.AskAsync<long>($"select count(*) from jobs.qrtz_scheduler_state where last_checkin_time > {later}") == 2, "both looked again");

        Assert.Equal("applied", await StatesAsync());
        Assert.True(await stage.Database.AskAsync<long>("select next_fire_time from jobs.qrtz_triggers where trigger_group = 'rosters'") > TimeProvider.System.GetUtcNow().UtcTicks);
    }

    [Fact]
    [Trait("Requirement", "R-4.4")]
    public async Task A_source_that_is_down_is_tried_again_by_the_next_process()
    {
        await sis.StopAsync(Cancellation);
        await OverdueAsync(nights: 1);
        await using (var first = await GatewayProcess.ServeAsync(stage.EnvironmentSettings()))
        {
            await Eventually.TrueAsync(async () => await stage.Database.AskAsync<long>("select count(*) from gateway.roster_retry") == 1);
            // Killed before its scheduler has noted the end, the run would be taken up besides.
            await Eventually.TrueAsync(async () => await stage.Database.AskAsync<long>("select count(*) from jobs.qrtz_fired_triggers where state = 'EXECUTING'") == 0);
            await first.KillAsync();
        }

        Assert.Equal("failed rest.connection_lost", await StatesAsync());
        await stage.Database.ExecuteAsync($"update jobs.qrtz_triggers set next_fire_time = {Ago(TimeSpan.FromMinutes(2))} where trigger_group = 'roster-retries'");
        await using var second = await GatewayProcess.ServeAsync(stage.EnvironmentSettings());

        await Eventually.TrueAsync(async () => await stage.Database.AskAsync<int>("select coalesce(max(attempts), 0) from gateway.roster_retry") == 2);
        Assert.Equal("failed rest.connection_lost,failed rest.connection_lost", await StatesAsync());
        Assert.Equal(1, await stage.Database.AskAsync<long>("select count(*) from jobs.qrtz_triggers where trigger_group = 'roster-retries' and trigger_state <> 'ERROR'"));
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    private static long Ago(TimeSpan span) => (TimeProvider.System.GetUtcNow() - span).UtcTicks;

    private Task OverdueAsync(int nights) =>
        stage.Database.ExecuteAsync($"update jobs.qrtz_triggers set next_fire_time = {Ago(TimeSpan.FromDays(nights))} where trigger_group = 'rosters'");

    private Dictionary<string, string?> Elsewhere() => new(stage.EnvironmentSettings()) { ["ASPNETCORE_URLS"] = Loopback.FreeUrl() };

    private Task<string> StatesAsync() => stage.Database.AskAsync<string>(
        "select coalesce(string_agg(concat_ws(' ', state, code), ',' order by id), '') from gateway.roster_run");
}
