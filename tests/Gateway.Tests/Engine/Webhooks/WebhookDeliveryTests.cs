using System.Collections.Concurrent;
using Gateway.Engine;
using Gateway.Stage;
using Gateway.Tests.Rostering;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Engine.Webhooks;

/// <summary>Round by round, on a clock that stands still.</summary>
public sealed class WebhookDeliveryTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private readonly FakeClock clock = new(new DateTimeOffset(2026, 10, 5, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receiver_that_fails_for_an_hour_misses_nothing()
    {
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        var engine = await webhooks.EngineAsync();
        (int Id, string Slug)[] districts = [await webhooks.DistrictAsync(engine), await webhooks.DistrictAsync(engine), await webhooks.DistrictAsync(engine)];
        await webhooks.SetAsync(engine, receiver);
        // As an engine does: told of a district, it reads that district's feed.
        var (committed, read) = (new Dictionary<string, long>(), new ConcurrentDictionary<string, long>());
        receiver.OnTaken = async told => read[told.District] = await database.AskAsync<long>(
            $"select last_sequence from gateway.feed_position f join gateway.district d on d.id = f.district_id where d.slug = '{told.District}'");
        Func<HttpContext, Task>[] faults =
            [WebhookReceiver.Status(500), WebhookReceiver.BreakOff, WebhookReceiver.Status(503, "20"), WebhookReceiver.RedirectTo("/elsewhere"), WebhookReceiver.Status(429, "60")];

        for (var minute = 0; minute < 60; minute++)
        {
            receiver.Answer = faults[minute % faults.Length];
            // The third district changes at the beginning alone, the others again and again.
            var changed = districts[minute == 0 ? 2 : minute % 2];
            committed[changed.Slug] = await webhooks.ChangeAsync(changed.Id);
            await webhooks.RoundAsync();
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(receiver.Taken);
        Assert.NotEmpty(receiver.Tried);
        receiver.Answer = WebhookReceiver.Status(204);
        for (var minute = 0; minute < 20; minute++)
        {
            await webhooks.RoundAsync();
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        // Everything that was committed has been read, soon after the receiver is back.
        Assert.Equal(committed[districts[0].Slug], read.GetValueOrDefault(districts[0].Slug));
        Assert.Equal(committed[districts[1].Slug], read.GetValueOrDefault(districts[1].Slug));

        // An hour later nothing waits, and nothing was given up.
        clock.Advance(TimeSpan.FromHours(1));
        await webhooks.RoundAsync();
        Assert.Equal(committed, read);
        var shown = await webhooks.ShowAsync(engine);
        Assert.Equal((0, 0), (shown.Pending, shown.Dead));
        Assert.Equal(receiver.Taken.Select(told => told.Id).Distinct().Count(), shown.Delivered);
        Assert.Equal(receiver.Taken.Count, shown.Delivered);
        Assert.Equal(0, receiver.Forged);
        // Sixty changes over an hour: an event for each would say nothing more.
        Assert.InRange(shown.Delivered, 3, 12);
    }

    [Fact]
    [Trait("Requirement", "P-6")]
    public async Task A_change_is_followed_by_one_signed_event_that_names_the_district_and_nobody()
    {
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        var engine = await webhooks.EngineAsync();
        var (district, slug) = await webhooks.DistrictAsync(engine);
        await webhooks.SetAsync(engine, receiver);
        await webhooks.RoundAsync();
        // A new webhook begins at the present end of the feed.
        Assert.Empty(receiver.Tried);

        var run = await database.ImportAsync(district, new MadeUpRoster());
        await webhooks.RoundAsync();
        await webhooks.RoundAsync();

        Assert.NotEmpty(run.Changes);
        var told = Assert.Single(receiver.Tried);
        Assert.Equal($$$"""{"type":"roster.changed","timestamp":"2026-10-05T12:00:00.000Z","data":{"district":"{{{slug}}}"}}""", told.Body);
        Assert.Equal(
            ["Accept-Encoding", "Content-Length", "Content-Type", "Host", "User-Agent", "webhook-id", "webhook-signature", "webhook-timestamp"],
            told.Headers.Split('\n').Select(line => line.Split(':')[0]).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Contains("Content-Type: application/json", told.Headers, StringComparison.Ordinal);
        Assert.Equal((0, 1), (receiver.Forged, told.Signatures));
        var shown = await webhooks.OnlyEventAsync(engine);
        Assert.Equal((Guid.Parse(told.Id), "delivered", 1, 204, null), (shown.Id, shown.State, shown.Attempts, shown.LastStatus, shown.Code));
        Assert.Contains(webhooks.Log.Entries, line => line.Text.Contains($"Webhook event {told.Id} for engine {engine} is delivered", StringComparison.Ordinal));
        Assert.DoesNotContain(webhooks.Log.Lines, line => line.Contains("127.0.0.1", StringComparison.Ordinal) || line.Contains("whsec_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Retries_end_after_24_hours_and_what_is_dead_is_shown_and_can_be_sent_again_under_its_id()
    {
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        var engine = await webhooks.EngineAsync();
        var (district, slug) = await webhooks.DistrictAsync(engine);
        await webhooks.SetAsync(engine, receiver);
        receiver.Answer = WebhookReceiver.Status(500);
        await webhooks.ChangeAsync(district);
        var made = clock.GetUtcNow();

        WebhookEventStatus one;
        await webhooks.RoundAsync();
        while ((one = await webhooks.OnlyEventAsync(engine)).State == "pending")
        {
            clock.Advance(one.NextAttemptAt - clock.GetUtcNow());
            await webhooks.RoundAsync();
        }

        Assert.Equal(("dead", slug, 500, "webhook.receiver_failed"), (one.State, one.District, one.LastStatus, one.Code));
        Assert.InRange(one.FinishedAt!.Value - made, TimeSpan.FromHours(24), TimeSpan.FromHours(24.1));
        Assert.Equal(one.Attempts, receiver.Tried.Count);
        Assert.Equal(1, (await webhooks.ShowAsync(engine)).Dead);
        Assert.Equal([one], await webhooks.Events.ListAsync(engine, WebhookEvents.Dead, 10, Cancellation));

        // Sent again it has a day of its own: the receiver may be away once more.
        clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await webhooks.Events.ReplayAsync(engine, null, WebhookEvents.Dead, null, Cancellation));
        await webhooks.RoundAsync();
        Assert.Equal(("pending", 1), ((await webhooks.OnlyEventAsync(engine)).State, (await webhooks.OnlyEventAsync(engine)).Attempts));
        receiver.Answer = WebhookReceiver.Status(200);
        clock.Advance(TimeSpan.FromMinutes(1));
        await webhooks.RoundAsync();
        Assert.Equal("delivered", (await webhooks.OnlyEventAsync(engine)).State);
        Assert.Equal([one.Id.ToString()], receiver.Tried.Select(told => told.Id).Distinct());
        Assert.Single(receiver.Tried.Select(told => told.Body).Distinct());
        // Each try has its own time, or receivers would take it for a replay by a stranger.
        Assert.Equal(receiver.Tried.Count, receiver.Tried.Select(told => told.Timestamp).Distinct().Count());
    }

    [Fact]
    public async Task Delivered_events_are_sent_again_by_id_or_from_a_time_on()
    {
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        var engine = await webhooks.EngineAsync();
        var (district, _) = await webhooks.DistrictAsync(engine);
        await webhooks.SetAsync(engine, receiver);
        for (var day = 0; day < 3; day++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            await webhooks.ChangeAsync(district);
            await webhooks.RoundAsync();
        }

        var ids = receiver.Taken.Select(told => Guid.Parse(told.Id)).ToList();
        Assert.Equal(1, await webhooks.Events.ReplayAsync(engine, ids[0], null, null, Cancellation));
        await webhooks.RoundAsync();
        Assert.Equal(2, await webhooks.Events.ReplayAsync(engine, null, null, clock.GetUtcNow() - TimeSpan.FromDays(1), Cancellation));
        await webhooks.RoundAsync();
        Assert.Equal(0, await webhooks.Events.ReplayAsync("another-engine", ids[0], null, null, Cancellation));

        Assert.Equal([ids[0].ToString()], receiver.Taken.Skip(3).Take(1).Select(told => told.Id));
        Assert.Equal([ids[1].ToString(), ids[2].ToString()], receiver.Taken.Skip(4).Select(told => told.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Changes_while_an_event_waits_are_covered_by_it_and_one_while_it_is_sent_is_not()
    {
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        var engine = await webhooks.EngineAsync();
        var (district, _) = await webhooks.DistrictAsync(engine);
        await webhooks.SetAsync(engine, receiver);
        for (var i = 0; i < 3; i++)
        {
            await webhooks.ChangeAsync(district);
            await webhooks.AnnounceAsync();
        }

        Assert.Single(await webhooks.EventsOfAsync(engine));

        // In the middle of the try: the engine may have read the feed already.
        receiver.OnTaken = async _ =>
        {
            receiver.OnTaken = _ => Task.CompletedTask;
            await webhooks.ChangeAsync(district);
            await webhooks.AnnounceAsync();
        };
        await webhooks.RoundAsync();

        Assert.Equal(2, receiver.Taken.Count);
        Assert.Equal(2, receiver.Taken.Select(told => told.Id).Distinct().Count());
    }

    [Fact]
    public async Task However_many_replicas_look_at_once_a_change_makes_one_event()
    {
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        var engine = await webhooks.EngineAsync();
        var (district, _) = await webhooks.DistrictAsync(engine);
        await webhooks.SetAsync(engine, receiver);
        for (var change = 1; change <= 10; change++)
        {
            await webhooks.ChangeAsync(district);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => webhooks.AnnounceAsync()));
            Assert.Equal(change, (await webhooks.EventsOfAsync(engine)).Count);
            await webhooks.RoundAsync();
        }
    }

    [Fact]
    public async Task An_event_whose_day_is_nearly_over_covers_no_new_change()
    {
        await using var webhooks = new RunningWebhooks(database, clock);
        await using var receiver = await WebhookReceiver.StartAsync(clock);
        var engine = await webhooks.EngineAsync();
        var (district, _) = await webhooks.DistrictAsync(engine);
        await webhooks.SetAsync(engine, receiver);
        receiver.Answer = WebhookReceiver.Status(500);
        await webhooks.ChangeAsync(district);
        await webhooks.RoundAsync();
        clock.Advance(TimeSpan.FromHours(23));
        await webhooks.RoundAsync();

        await webhooks.ChangeAsync(district);
        await webhooks.RoundAsync();
        clock.Advance(TimeSpan.FromHours(2));
        await webhooks.RoundAsync();

        Assert.Equal(["pending", "dead"], (await webhooks.EventsOfAsync(engine)).Select(one => one.State));
    }
}
