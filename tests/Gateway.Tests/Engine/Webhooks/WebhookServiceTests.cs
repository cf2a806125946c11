using Gateway.Stage;
using Gateway.Tests.Rostering;

namespace Gateway.Tests.Engine.Webhooks;

/// <summary>As the server runs it, several replicas at once.</summary>
public sealed class WebhookServiceTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    [Fact]
    public async Task Two_replicas_send_each_event_once_when_nothing_fails()
    {
        var clock = new ShiftedClock { Speed = 5 };
        await using var one = new RunningWebhooks(database, clock);
        await using var other = new RunningWebhooks(database, clock);
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        var engine = await one.EngineAsync();
        var districts = new List<int>();
        for (var i = 0; i < 5; i++)
            districts.Add((await one.DistrictAsync(engine)).Id);
        await one.SetAsync(engine, receiver);
        await Task.WhenAll(one.StartAsync(), other.StartAsync());

        for (var round = 1; round <= 8; round++)
        {
            foreach (var district in districts)
                await one.ChangeAsync(district);
            var least = districts.Count * round;
            await Until.TrueAsync(async () => (await one.ShowAsync(engine)) is { Pending: 0 } shown && shown.Delivered >= least, "everything told");
        }

        // Each commit was followed by an event: there was none to cover it, all had been delivered. And none was made or sent twice.
        Assert.Equal(8 * districts.Count, receiver.Tried.Count);
        Assert.Equal(8 * districts.Count, receiver.Tried.Select(told => told.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_dead_receiver_does_not_hold_up_another_engines_events()
    {
        var clock = new ShiftedClock();
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var dead = await WebhookReceiver.StartAsync(clock);
        await using var alive = await WebhookReceiver.StartAsync(clock);
        dead.Answer = dead.Silence;
        var (bad, good) = (await webhooks.EngineAsync(), await webhooks.EngineAsync());
        for (var i = 0; i < 20; i++)
            await webhooks.ChangeAsync((await webhooks.DistrictAsync(bad)).Id);
        var (district, _) = await webhooks.DistrictAsync(good);
        await webhooks.SetAsync(bad, dead);
        await webhooks.SetAsync(good, alive);
        foreach (var waiting in await DistrictsOfAsync(bad))
            await webhooks.ChangeAsync(waiting);
        await webhooks.StartAsync();
        await Until.TrueAsync(() => Task.FromResult(dead.Tried.Count == 2), "two tries at the dead one");

        // While both hang, for fifteen seconds.
        for (var i = 1; i <= 3; i++)
        {
            await webhooks.ChangeAsync(district);
            await Until.TrueAsync(() => Task.FromResult(alive.Taken.Count == i), "an event at the other");
        }

        Assert.Equal(2, dead.Tried.Count);
    }

    [Fact]
    public async Task A_webhook_that_is_set_while_the_gateway_serves_is_told_of_the_next_change()
    {
        var clock = new ShiftedClock();
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        var engine = await webhooks.EngineAsync();
        var (district, slug) = await webhooks.DistrictAsync(engine);
        await webhooks.StartAsync();
        await webhooks.SetAsync(engine, receiver);

        await webhooks.ChangeAsync(district);
        await Until.TrueAsync(() => Task.FromResult(receiver.Taken.Count == 1), "an event");

        Assert.Equal(slug, receiver.Taken[0].District);
    }

    private async Task<int[]> DistrictsOfAsync(string engine) =>
        await database.AskAsync<int[]>($"select array_agg(id) from gateway.district where engine_client_id = '{engine}'");
}
