using Gateway.Engine;
using Gateway.Engine.Webhooks;
using Gateway.Hosting;
using Gateway.Identity;
using Gateway.Stage;
using Gateway.Tests.Rostering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Engine.Webhooks;

/// <summary>One replica's webhooks over a test's database: round by round, or as the server runs them.</summary>
internal sealed class RunningWebhooks : IAsyncDisposable
{
    private readonly RosterDatabase database;
    private readonly ServiceProvider services;
    private bool started;

    public RunningWebhooks(RosterDatabase database, TimeProvider clock, bool privateNetworks = true)
    {
        this.database = database;
        services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Trace))
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton<GatewayMetrics>()
            .AddSingleton(database.Gateway)
            .AddSingleton(database.Sealer)
            .AddSingleton(database.Trail)
            .AddSingleton(clock)
            .AddSingleton(Options.Create(new GatewayOptions { AllowPrivateNetworks = privateNetworks }))
            .AddSingleton<OutboundGuard>()
            .AddSingleton<EngineClients>()
            .AddSingleton<EngineRegistration>()
            .AddWebhooks()
            .AddWebhookDelivery()
            .BuildServiceProvider();
    }

    public LogCapture Log { get; } = new();

    public WebhookEndpoints Endpoints => services.GetRequiredService<WebhookEndpoints>();

    public WebhookEvents Events => services.GetRequiredService<WebhookEvents>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An engine of a new name.</summary>
    public async Task<string> EngineAsync()
    {
        var id = $"engine-{Guid.CreateVersion7():N}";
        Assert.Empty(await services.GetRequiredService<EngineRegistration>().RegisterAsync(
            new(id, "https://engine.example/login", ["https://engine.example/callback"], TestStage.EngineSecret, null, "A Test"), Cancellation));
        return id;
    }

    /// <summary>A district whose engine this is, with one change in its feed.</summary>
    public async Task<(int Id, string Slug)> DistrictAsync(string engine)
    {
        var district = await database.AddDistrictAsync();
        await database.ExecuteAsync($"update gateway.district set engine_client_id = '{engine}' where id = {district}");
        await ChangeAsync(district);
        return (district, await database.AskAsync<string>("select slug from gateway.district where id = @d", district));
    }

    /// <summary>Commits a change to a district's feed, and gives its number.</summary>
    public async Task<long> ChangeAsync(int district) => await database.Gateway.InDistrictAsync(district, async session =>
    {
        await using var append = session.Command("select gateway.append_change($1, 'learner', 1, null, 'changed', now())");
        append.Parameters.Add(new() { Value = district });
        await append.ExecuteNonQueryAsync(Cancellation);
        await using var last = session.Command("select last_sequence from gateway.feed_position");
        return (long)(await last.ExecuteScalarAsync(Cancellation))!;
    }, Cancellation);

    /// <summary>Gives the engine a webhook there, and the receiver the secret.</summary>
    public async Task SetAsync(string engine, WebhookReceiver receiver)
    {
        var set = await Endpoints.SetAsync(engine, receiver.Url, Cancellation);
        Assert.Empty(set.Failures);
        receiver.Secrets.Add(set.Value.NewSecret!);
    }

    /// <summary>Announces and sends until nothing is due.</summary>
    public async Task RoundAsync()
    {
        await services.GetRequiredService<AnnounceChanges>().RunAsync(Cancellation);
        var queue = services.GetRequiredService<WebhookQueue>();
        while (await queue.BeginDueAsync(Cancellation) > 0)
            await queue.IdleAsync();
    }

    public Task AnnounceAsync() => services.GetRequiredService<AnnounceChanges>().RunAsync(Cancellation);

    /// <summary>From now on as the server does it.</summary>
    public async Task StartAsync()
    {
        started = true;
        foreach (var service in services.GetServices<IHostedService>())
            await service.StartAsync(Cancellation);
    }

    public async Task<WebhookEndpoint> ShowAsync(string engine) => (await Endpoints.FindAsync(engine, Cancellation)).Value;

    public Task<List<WebhookEventStatus>> EventsOfAsync(string engine) => Events.ListAsync(engine, null, 10_000, Cancellation);

    /// <summary>The one event that there is.</summary>
    public async Task<WebhookEventStatus> OnlyEventAsync(string engine) => Assert.Single(await EventsOfAsync(engine));

    public async ValueTask DisposeAsync()
    {
        if (started)
            foreach (var service in services.GetServices<IHostedService>())
                await service.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
        // The next test's rounds have nothing to do with these.
        await database.ExecuteAsync("delete from gateway.engine_webhook");
    }
}
