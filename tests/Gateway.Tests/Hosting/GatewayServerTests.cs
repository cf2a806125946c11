using Gateway.Hosting;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Gateway.Tests.Hosting;

public sealed class GatewayServerTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    [Theory]
    [InlineData(null, null, "settings.address_in_use")]
    [InlineData("http://0.0.0.0:0", "", "settings.invalid")]
    public async Task Server_that_cannot_listen_says_why_with_a_code(string? listen, string? publicUrl, string code)
    {
        var settings = stage.Settings();
        settings["urls"] = listen ?? stage.GatewayUrl;
        if (publicUrl is not null)
            settings.Remove("Gateway:PublicUrl");

        var started = await GatewayServer.StartAsync(builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Logging.ClearProviders();
        }, TestContext.Current.CancellationToken);

        Assert.Equal([code], started.Failures.Select(failure => failure.Code));
    }

    [Fact]
    public async Task Gateway_that_stops_leaves_the_scheduler_of_another_one_in_the_same_process_alone()
    {
        var settings = stage.Settings();
        settings["urls"] = Loopback.FreeUrl();
        var other = await GatewayServer.StartAsync(builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Logging.ClearProviders();
        }, TestContext.Current.CancellationToken);

        await other.Value.DisposeAsync();

        // One that is shut down is on its factory's list no more.
        Assert.Single(await stage.Services.GetRequiredService<ISchedulerFactory>().GetAllSchedulers(TestContext.Current.CancellationToken));
    }
}
