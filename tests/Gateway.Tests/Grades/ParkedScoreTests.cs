using System.Text.Json;
using Gateway.Engine;
using Gateway.Privacy;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Grades;

/// <summary>A score that is parked says why: to its engine, to an administrator, and on being asked.</summary>
[Trait("Requirement", "T-12")]
public sealed class ParkedScoreTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;
    private readonly TestEngine engine = fixture.Engine;
    private readonly ScoreScene scene = new(fixture.Stage, fixture.Engine);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_engines_webhook_names_the_score_and_the_code_and_nothing_else()
    {
        await using var receiver = await WebhookReceiver.StartAsync(stage.Clock);
        var endpoints = stage.Services.GetRequiredService<WebhookEndpoints>();
        receiver.Secrets.Add((await endpoints.SetAsync(TestStage.EngineId, receiver.Url, Cancellation)).Value.NewSecret!);
        stage.LmsOptions.ScoreFaults.FailNext(1, 404);
        var parked = await scene.SendAsync(await stage.ScoreTicketAsync("student-1", engine), 1);
        await engine.WaitForAsync(parked, "parked");

        await Until.TrueAsync(() => Task.FromResult(receiver.Taken.Any(told => told.Type == "score.parked")), "a webhook");
        var told = receiver.Taken.Single(told => told.Type == "score.parked");
        var body = JsonDocument.Parse(told.Body).RootElement;
        Assert.Equal(["type", "timestamp", "data"], body.EnumerateObject().Select(part => part.Name));
        Assert.Equal(
            $$"""{"district":"{{TestStage.DistrictSlug}}","score":"{{parked}}","code":"lti.score_line_item_gone"}""", body.GetProperty("data").GetRawText());
        await endpoints.RemoveAsync(TestStage.EngineId, Cancellation);
    }

    [Fact]
    public async Task The_command_lists_parked_scores_with_their_reason_and_hands_them_in_again()
    {
        stage.LmsOptions.ScoreFaults.FailNext(1, 404);
        var parked = await scene.SendAsync(await stage.ScoreTicketAsync("student-2", engine), 2);
        await engine.WaitForAsync(parked, "parked");

        var listed = await RunAsync("score", "list", TestStage.DistrictSlug, "--state", "parked", "--json");
        var line = JsonDocument.Parse(listed.Output).RootElement.EnumerateArray().Single(score => score.GetProperty("id").GetGuid() == parked);
        Assert.Equal(
            ("parked", "lti.score_line_item_gone", 404, true),
            (line.GetProperty("state").GetString(), line.GetProperty("code").GetString(), line.GetProperty("platformStatus").GetInt32(), line.GetProperty("canRetry").GetBoolean()));
        Assert.Contains($"{parked} ", (await RunAsync("score", "list", TestStage.DistrictSlug)).Output, StringComparison.Ordinal);

        var retried = await RunAsync("score", "retry", TestStage.DistrictSlug, parked.ToString());
        Assert.Equal(0, retried.ExitCode);
        await engine.WaitForAsync(parked, "delivered");
        Assert.Equal([2], stage.GradesOf("student-2"));
        var entry = (await stage.Services.GetRequiredService<ListAudit>().RunAsync(stage.District.Id, 5, Cancellation)).First(line => line.Action == "scores.retried");
        Assert.Equal(("operator", "1"), (entry.Actor, entry.Details["count"]));

        Assert.Contains("score.not_parked", (await RunAsync("score", "retry", TestStage.DistrictSlug, parked.ToString())).Error, StringComparison.Ordinal);
        Assert.Contains("score.unknown", (await RunAsync("score", "retry", TestStage.DistrictSlug, Guid.CreateVersion7(stage.Clock.GetUtcNow()).ToString())).Error, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("score", "retry", TestStage.DistrictSlug)).ExitCode);
    }

    [Fact]
    public async Task All_parked_scores_are_handed_in_again_by_one_command()
    {
        stage.LmsOptions.ScoreFaults.FailNext(2, 404);
        Guid[] parked = [await scene.SendAsync(await stage.ScoreTicketAsync("student-3", engine), 3), await scene.SendAsync(await stage.ScoreTicketAsync("student-4", engine), 4)];
        foreach (var score in parked)
            await engine.WaitForAsync(score, "parked");

        Assert.Equal(0, (await RunAsync("score", "retry", TestStage.DistrictSlug, "--all")).ExitCode);
        foreach (var score in parked)
            await engine.WaitForAsync(score, "delivered");
        Assert.Equal([3], stage.GradesOf("student-3"));
        Assert.Equal([4], stage.GradesOf("student-4"));
    }

    [Fact]
    public async Task The_content_of_a_parked_score_is_erased_after_thirty_days_and_the_record_stays()
    {
        await using var own = await TestStage.StartAsync();
        using var sender = new TestEngine(own);
        var alone = new ScoreScene(own, sender);
        own.LmsOptions.ScoreFaults.FailNext(1, 404);
        var parked = await alone.SendAsync(await own.ScoreTicketAsync("student-1", sender), 5);
        await sender.WaitForAsync(parked, "parked");
        var clock = own.Services.GetRequiredService<RetentionClock>();
        own.Clock.Advance(TimeSpan.FromDays(29));
        await using var held = await own.HoldJobsAsync();
        await clock.RunAsync(false, Cancellation);
        Assert.False(await own.Database.AskAsync<bool>($"select sealed_score is null from gateway.score_delivery where id = '{parked}'"));
        own.Clock.Advance(TimeSpan.FromDays(1));

        await clock.RunAsync(false, Cancellation);

        Assert.True(await own.Database.AskAsync<bool>($"select sealed_score is null and state = 'parked' from gateway.score_delivery where id = '{parked}'"));
        var retried = await InProcessCommand.RunAsync(own.EnvironmentSettings(), "score", "retry", TestStage.DistrictSlug, parked.ToString());
        Assert.Contains("score.content_erased", retried.Error, StringComparison.Ordinal);
    }

    private Task<Ended> RunAsync(params string[] arguments) => InProcessCommand.RunAsync(stage.EnvironmentSettings(), arguments);
}
