using Gateway.Engine;
using Gateway.Stage;
using Gateway.Tests.Rostering;

namespace Gateway.Tests.Engine.Webhooks;

/// <summary>What becomes of an event by what the receiver does.</summary>
public sealed class WebhookAnswersTests(RosterDatabase database) : IClassFixture<RosterDatabase>, IAsyncLifetime
{
    private readonly FakeClock clock = new(new DateTimeOffset(2026, 10, 5, 12, 0, 0, TimeSpan.Zero));
    private RunningWebhooks webhooks = null!;
    private WebhookReceiver receiver = null!;
    private string engine = "";
    private int district;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        webhooks = new RunningWebhooks(database, clock);
        receiver = await WebhookReceiver.StartAsync(clock);
        engine = await webhooks.EngineAsync();
        (district, _) = await webhooks.DistrictAsync(engine);
        await webhooks.SetAsync(engine, receiver);
    }

    public async ValueTask DisposeAsync()
    {
        await webhooks.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Theory]
    [InlineData(500, "webhook.receiver_failed")]
    [InlineData(502, "webhook.receiver_failed")]
    [InlineData(404, "webhook.refused")]
    [InlineData(401, "webhook.refused")]
    [InlineData(429, "webhook.throttled")]
    [InlineData(304, "webhook.redirected")]
    public async Task Any_answer_but_2xx_puts_the_event_off_with_a_code_and_the_status(int status, string code)
    {
        receiver.Answer = WebhookReceiver.Status(status);
        var one = await TryAsync();
        Assert.Equal(("pending", 1, status, code), (one.State, one.Attempts, one.LastStatus, one.Code));
        Assert.InRange(one.NextAttemptAt - clock.GetUtcNow(), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));

        receiver.Answer = WebhookReceiver.Status(202);
        clock.Advance(TimeSpan.FromSeconds(6));
        await webhooks.RoundAsync();
        Assert.Equal(("delivered", 2, 202, null), Said(await webhooks.OnlyEventAsync(engine)));
    }

    [Theory]
    [InlineData(429, "120", 120, 132)]
    [InlineData(503, "120", 120, 132)]
    [InlineData(503, "Mon, 05 Oct 2026 12:10:00 GMT", 600, 660)]
    [InlineData(429, "1000000", 21_600, 22_000)]
    [InlineData(429, "nonsense", 5, 6)]
    [InlineData(500, "120", 5, 6)]
    public async Task Retry_After_is_honoured_within_bounds(int status, string asked, int least, int most)
    {
        receiver.Answer = WebhookReceiver.Status(status, asked);
        Assert.InRange((await TryAsync()).NextAttemptAt - clock.GetUtcNow(), TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));
    }

    [Fact]
    public async Task A_redirect_inward_is_not_followed()
    {
        receiver.Answer = WebhookReceiver.RedirectTo(receiver.Url.Replace("/webhook", "/inside", StringComparison.Ordinal));
        Assert.Equal(("pending", 1, 302, "webhook.redirected"), Said(await TryAsync()));
        Assert.Equal(0, receiver.Inside);
    }

    [Fact]
    public async Task A_connection_that_breaks_off_puts_the_event_off()
    {
        receiver.Answer = WebhookReceiver.BreakOff;
        Assert.Equal(("pending", 1, null, "webhook.unreachable"), Said(await TryAsync()));
    }

    [Fact]
    public async Task Nobody_listening_puts_the_event_off_until_somebody_does()
    {
        var address = Loopback.FreeUrl();
        Assert.True((await webhooks.Endpoints.SetAsync(engine, $"{address}/webhook", Cancellation)).Succeeded);
        Assert.Equal(("pending", 1, null, "webhook.unreachable"), Said(await TryAsync()));

        await using var late = await WebhookReceiver.StartAsync(clock, address);
        foreach (var secret in receiver.Secrets)
            late.Secrets.Add(secret);
        clock.Advance(TimeSpan.FromSeconds(6));
        await webhooks.RoundAsync();
        Assert.Equal("delivered", (await webhooks.OnlyEventAsync(engine)).State);
        Assert.Single(late.Taken);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_not_read()
    {
        receiver.Answer = WebhookReceiver.Endless;
        Assert.Equal(("delivered", 1, 200, null), Said(await TryAsync()));
    }

    [Fact]
    public async Task A_receiver_that_says_nothing_is_given_fifteen_seconds()
    {
        // The real clock, ten times as fast.
        var fast = new ShiftedClock { Speed = 10 };
        await using var impatient = new RunningWebhooks(database, fast);
        await using var mute = await WebhookReceiver.StartAsync(fast);
        var other = await impatient.EngineAsync();
        var (own, _) = await impatient.DistrictAsync(other);
        await impatient.SetAsync(other, mute);
        mute.Answer = mute.Silence;
        await impatient.ChangeAsync(own);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await impatient.RoundAsync();

        Assert.Equal(("pending", 1, null, "webhook.timed_out"), Said(await impatient.OnlyEventAsync(other)));
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(1.4), $"{watch.Elapsed}");
    }

    [Fact]
    [Trait("Requirement", "L-1.12")]
    public async Task An_address_inside_is_not_connected_to_and_the_code_says_so()
    {
        await webhooks.DisposeAsync();
        webhooks = new RunningWebhooks(database, clock, privateNetworks: false);
        await webhooks.SetAsync(engine, receiver);
        Assert.Equal(("pending", 1, null, "webhook.address_refused"), Said(await TryAsync()));
        Assert.Equal((0, 0), (receiver.Tried.Count, receiver.Forged));
    }

    [Fact]
    public async Task Gone_disables_the_webhook_until_a_person_enables_it_and_nothing_is_missed()
    {
        receiver.Answer = WebhookReceiver.Status(410);
        Assert.Equal(("pending", 1, 410, "webhook.gone"), Said(await TryAsync()));
        var shown = await webhooks.ShowAsync(engine);
        Assert.Equal((clock.GetUtcNow(), "webhook.gone", 1), (shown.DisabledAt, shown.DisabledCode, shown.Pending));

        // Nothing is sent or made, however long it lasts.
        var (other, slug) = await webhooks.DistrictAsync(engine);
        for (var day = 0; day < 3; day++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            await webhooks.ChangeAsync(other);
            await webhooks.RoundAsync();
        }

        Assert.Single(receiver.Tried);
        Assert.Single(await webhooks.EventsOfAsync(engine));

        receiver.Answer = WebhookReceiver.Status(204);
        Assert.True((await webhooks.Endpoints.EnableAsync(engine, Cancellation)).Succeeded);
        await webhooks.RoundAsync();
        Assert.Equal(2, receiver.Taken.Count);
        Assert.Contains(receiver.Taken, told => told.Id == receiver.Tried[0].Id);
        Assert.Contains(receiver.Taken, told => told.District == slug);
        Assert.Null((await webhooks.ShowAsync(engine)).DisabledAt);
    }

    [Fact]
    public async Task Gone_of_an_address_that_was_replaced_meanwhile_disables_nothing()
    {
        await using var successor = await WebhookReceiver.StartAsync(clock);
        foreach (var secret in receiver.Secrets)
            successor.Secrets.Add(secret);
        receiver.Answer = async context =>
        {
            await webhooks.Endpoints.SetAsync(engine, successor.Url, Cancellation);
            context.Response.StatusCode = 410;
        };

        await TryAsync();
        clock.Advance(TimeSpan.FromSeconds(5));
        await webhooks.RoundAsync();

        Assert.Single(successor.Taken);
        Assert.Null((await webhooks.ShowAsync(engine)).DisabledAt);
    }

    private static (string State, int Attempts, int? LastStatus, string? Code) Said(WebhookEventStatus one) => (one.State, one.Attempts, one.LastStatus, one.Code);

    private async Task<WebhookEventStatus> TryAsync()
    {
        await webhooks.ChangeAsync(district);
        await webhooks.RoundAsync();
        return await webhooks.OnlyEventAsync(engine);
    }
}
