using Gateway.Engine;
using Gateway.Rostering;
using Gateway.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Engine.Webhooks;

/// <summary>The whole gateway: launches and rosters make events, and one that was killed sends again.</summary>
public sealed class ServedWebhookTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "R-3.8")]
    public async Task A_launch_and_a_roster_are_each_followed_by_an_event_within_seconds()
    {
        await using var stage = await TestStage.StartAsync();
        using var engine = new TestEngine(stage);
        await using var receiver = await SetAsync(stage);

        // A learner whom nobody knew.
        await stage.LaunchAsync("student-1", engine);
        await Until.TrueAsync(() => Task.FromResult(receiver.Taken.Count == 1), "an event after the launch");
        var run = await stage.Services.GetRequiredService<RosterSync>().RunAsync(stage.District.Id, RosterTrigger.Command, false, Cancellation);
        Assert.NotEmpty(run.Changes);
        await Until.TrueAsync(() => Task.FromResult(receiver.Taken.Count == 2), "an event after the roster");

        Assert.All(receiver.Taken, told => Assert.Equal(("roster.changed", TestStage.DistrictSlug), (told.Type, told.District)));
    }

    [Fact]
    public async Task A_gateway_killed_between_sending_and_noting_it_sends_again_under_the_same_id()
    {
        await using var stage = await TestStage.StartAsync();
        await using var receiver = await SetAsync(stage);
        await stage.StopGatewayAsync();
        await stage.Database.ExecuteAsync($"select gateway.append_change({stage.District.Id}, 'learner', 1, null, 'changed', now())");
        receiver.Answer = receiver.Silence;

        await using (var gateway = await GatewayProcess.ServeAsync(stage.EnvironmentSettings()))
        {
            await Until.TrueAsync(() => Task.FromResult(receiver.Tried.Count == 1), "a try");
            await gateway.KillAsync();
        }

        receiver.Answer = WebhookReceiver.Status(204);
        await stage.StartGatewayAsync();
        await Until.TrueAsync(() => Task.FromResult(receiver.Taken.Count > 0), "a second try");
        await Until.TrueAsync(() => stage.Database.AskAsync<bool>("select bool_and(state = 'delivered') from gateway.webhook_event"), "a delivered event");

        Assert.Equal(2, receiver.Tried.Count);
        Assert.Equal(receiver.Tried[0].Id, receiver.Taken[0].Id);
        Assert.Equal(2, await stage.Database.AskAsync<int>("select attempts from gateway.webhook_event"));
    }

    private static async Task<WebhookReceiver> SetAsync(TestStage stage)
    {
        var receiver = await WebhookReceiver.StartAsync(stage.Clock);
        var set = await stage.Services.GetRequiredService<WebhookEndpoints>().SetAsync(TestStage.EngineId, receiver.Url, Cancellation);
        receiver.Secrets.Add(set.Value.NewSecret!);
        return receiver;
    }
}
