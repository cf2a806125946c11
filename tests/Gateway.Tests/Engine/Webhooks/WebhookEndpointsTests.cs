using Gateway.Privacy;
using Gateway.Stage;
using Gateway.Tests.Rostering;

namespace Gateway.Tests.Engine.Webhooks;

public sealed class WebhookEndpointsTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private readonly FakeClock clock = new(new DateTimeOffset(2026, 10, 5, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_rotation_both_secrets_sign_until_the_overlap_is_over()
    {
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var before = await WebhookReceiver.StartAsync(clock);
        var engine = await webhooks.EngineAsync();
        var (district, _) = await webhooks.DistrictAsync(engine);
        await webhooks.SetAsync(engine, before);
        var rotated = (await webhooks.Endpoints.RotateSecretAsync(engine, 24, Cancellation)).Value;
        Assert.Equal(clock.GetUtcNow() + TimeSpan.FromHours(24), rotated.Endpoint.PreviousSecretUntil);

        // A receiver that knows the old secret alone, and one that knows the new one alone.
        await TellAsync();
        Assert.Equal((2, 0), (Assert.Single(before.Taken).Signatures, before.Forged));
        await using var after = await WebhookReceiver.StartAsync(clock);
        after.Secrets.Add(rotated.NewSecret!);
        await webhooks.Endpoints.SetAsync(engine, after.Url, Cancellation);
        await TellAsync();
        Assert.Equal((2, 0), (Assert.Single(after.Taken).Signatures, after.Forged));

        clock.Advance(TimeSpan.FromHours(24));
        await TellAsync();
        Assert.Equal((1, 0), (after.Taken[^1].Signatures, after.Forged));
        Assert.Null((await webhooks.ShowAsync(engine)).PreviousSecretUntil);

        // It is of no use any more, and goes.
        clock.Advance(TimeSpan.FromSeconds(1));
        await new PurgeExpired(database.Gateway, clock).RunAsync(Cancellation);
        Assert.True(await database.AskAsync<bool>($"select sealed_previous_secret is null from gateway.engine_webhook where client_id = '{engine}'"));

        async Task TellAsync()
        {
            await webhooks.ChangeAsync(district);
            await webhooks.RoundAsync();
        }
    }

    [Fact]
    public async Task Without_an_overlap_the_old_secret_ends_at_once()
    {
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        var engine = await webhooks.EngineAsync();
        var (district, _) = await webhooks.DistrictAsync(engine);
        await webhooks.SetAsync(engine, receiver);
        Assert.Null((await webhooks.Endpoints.RotateSecretAsync(engine, 0, Cancellation)).Value.Endpoint.PreviousSecretUntil);

        await webhooks.ChangeAsync(district);
        await webhooks.RoundAsync();

        Assert.Equal((0, 1), (receiver.Taken.Count, receiver.Forged));
        Assert.Equal("webhook.refused", (await webhooks.OnlyEventAsync(engine)).Code);
    }

    [Fact]
    public async Task An_engine_is_told_of_the_districts_that_give_it_something_and_of_no_other()
    {
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        var engine = await webhooks.EngineAsync();
        var (own, ownSlug) = await webhooks.DistrictAsync(engine);
        var (strange, _) = await webhooks.DistrictAsync(await webhooks.EngineAsync());
        var (withdrawn, withdrawnSlug) = await webhooks.DistrictAsync(engine);
        await webhooks.SetAsync(engine, receiver);
        await MapAsync(engine, withdrawn, 1, false);
        foreach (var district in new[] { own, strange, withdrawn })
            await webhooks.ChangeAsync(district);
        await webhooks.RoundAsync();
        Assert.Equal([ownSlug], receiver.Tried.Select(told => told.District));

        // What waited when a district withdrew is not told; what it gives later begins with an event.
        await webhooks.ChangeAsync(own);
        await webhooks.AnnounceAsync();
        await MapAsync(engine, own, 1, false);
        await webhooks.RoundAsync();
        Assert.Single(receiver.Tried);
        Assert.Equal(["delivered"], (await webhooks.EventsOfAsync(engine)).Select(one => one.State));
        await MapAsync(engine, own, 2, true);
        await MapAsync(engine, withdrawn, 2, true);
        await webhooks.RoundAsync();
        Assert.Equal(new[] { ownSlug, withdrawnSlug }.Order(StringComparer.Ordinal), receiver.Tried.Skip(1).Select(told => told.District).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "P-5.4")]
    public async Task An_engine_without_a_data_agreement_is_told_nothing()
    {
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        var engine = await webhooks.EngineAsync();
        var (district, _) = await webhooks.DistrictAsync(engine);
        await webhooks.SetAsync(engine, receiver);
        await webhooks.ChangeAsync(district);
        await webhooks.AnnounceAsync();
        await database.ExecuteAsync($"delete from gateway.engine_agreement where client_id = '{engine}'");

        await webhooks.ChangeAsync(district);
        await webhooks.RoundAsync();

        Assert.Empty(receiver.Tried);
        Assert.Single(await webhooks.EventsOfAsync(engine));
    }

    [Theory]
    [InlineData("http://engine.example/webhook")]
    [InlineData("https://engine.example/webhook#part")]
    [InlineData("https://u:p@engine.example/webhook")]
    [InlineData("webhook")]
    public async Task A_webhook_needs_an_engine_and_an_acceptable_address(string url)
    {
        await using var webhooks = new RunningWebhooks(database, clock);
        var engine = await webhooks.EngineAsync();

        Assert.Equal("webhook.url_invalid", Assert.Single((await webhooks.Endpoints.SetAsync(engine, url, Cancellation)).Failures).Code);
        Assert.Equal("webhook.engine_unknown", Assert.Single((await webhooks.Endpoints.SetAsync("nobody", "https://engine.example/webhook", Cancellation)).Failures).Code);
        Assert.Equal("webhook.none", Assert.Single((await webhooks.Endpoints.FindAsync(engine, Cancellation)).Failures).Code);
        Assert.Equal("webhook.none", Assert.Single((await webhooks.Endpoints.EnableAsync(engine, Cancellation)).Failures).Code);
        Assert.Equal("webhook.none", Assert.Single((await webhooks.Endpoints.RotateSecretAsync(engine, 24, Cancellation)).Failures).Code);
        Assert.Equal("webhook.overlap_invalid", Assert.Single((await webhooks.Endpoints.RotateSecretAsync(engine, 169, Cancellation)).Failures).Code);
    }

    [Fact]
    public async Task A_changed_address_keeps_the_secret_and_a_removed_webhook_takes_its_events_along()
    {
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        var engine = await webhooks.EngineAsync();
        var (district, _) = await webhooks.DistrictAsync(engine);
        await webhooks.SetAsync(engine, receiver);
        await webhooks.ChangeAsync(district);
        await webhooks.AnnounceAsync();

        Assert.Null((await webhooks.Endpoints.SetAsync(engine, receiver.Url + "?changed", Cancellation)).Value.NewSecret);
        Assert.Equal(1, (await webhooks.Endpoints.RemoveAsync(engine, Cancellation)).Value.Pending);
        await webhooks.RoundAsync();

        Assert.Empty(receiver.Tried);
        Assert.Equal(0, await database.AskAsync<long>($"select (select count(*) from gateway.webhook_event where client_id = '{engine}') + (select count(*) from gateway.webhook_position where client_id = '{engine}')"));
        // Set anew it has another secret, and begins at the end of that day.
        await webhooks.ChangeAsync(district);
        await webhooks.SetAsync(engine, receiver);
        Assert.Equal(2, receiver.Secrets.Distinct().Count());
        await webhooks.RoundAsync();
        Assert.Empty(receiver.Tried);
    }

    [Theory]
    [InlineData(204, 29, 1)]
    [InlineData(204, 31, 0)]
    [InlineData(500, 31, 1)]
    [InlineData(500, 89, 1)]
    [InlineData(500, 92, 0)]
    [InlineData(410, 89, 1)]
    [InlineData(410, 91, 0)]
    public async Task Delivered_events_go_after_30_days_and_others_after_90(int status, int days, long left)
    {
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        var engine = await webhooks.EngineAsync();
        var (district, _) = await webhooks.DistrictAsync(engine);
        await webhooks.SetAsync(engine, receiver);
        receiver.Answer = WebhookReceiver.Status(status);
        await webhooks.ChangeAsync(district);
        await webhooks.RoundAsync();
        clock.Advance(TimeSpan.FromDays(1));
        await webhooks.RoundAsync();

        clock.Advance(TimeSpan.FromDays(days - 1));
        await database.RetentionAt(clock).RunAsync(dryRun: false, Cancellation);

        Assert.Equal(left, await database.AskAsync<long>($"select count(*) from gateway.webhook_event where client_id = '{engine}'"));
    }

    private Task MapAsync(string engine, int district, int version, bool enabled) => database.ExecuteAsync(
        $"insert into gateway.engine_mapping values ({district}, '{engine}', {version}, {enabled}, '{{role}}', '{{}}', '{{}}', '1', 'A Test', now())");
}
