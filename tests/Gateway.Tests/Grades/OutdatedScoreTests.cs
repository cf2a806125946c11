using Gateway.Grades;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Microsoft.Extensions.DependencyInjection;
using Samples.Lms.Services;

namespace Gateway.Tests.Grades;

/// <summary>What it means that a platform calls a score outdated.</summary>
[Trait("Requirement", "T-12")]
public sealed class OutdatedScoreTests : IClassFixture<StageFixture>
{
    private readonly TestStage stage;
    private readonly TestEngine engine;
    private readonly ScoreScene scene;

    public OutdatedScoreTests(StageFixture fixture)
    {
        (stage, engine) = (fixture.Stage, fixture.Engine);
        scene = new(stage, engine);
        stage.LmsOptions.GradebookHabit = GradebookHabit.Moodle43;
        stage.LmsOptions.ScoreFaults.FailNext(0, 200);
    }

    [Fact]
    public async Task A_score_whose_answer_was_lost_is_delivered_when_the_platform_calls_the_second_try_outdated()
    {
        var ticket = await stage.ScoreTicketAsync("student-1", engine);
        stage.LmsOptions.ScoreFaults.LoseAnswers(1);

        var id = await scene.SendAsync(ticket, 7);
        await engine.WaitForAsync(id, "delivered");

        Assert.Equal([7], stage.GradesOf("student-1"));
        Assert.Equal(2, await stage.Database.AskAsync<int>($"select attempts from gateway.score_delivery where id = '{id}'"));
    }

    [Theory]
    [InlineData("student-2", 502)]
    [InlineData("student-3", 503)]
    [InlineData("student-4", 429)]
    [InlineData("student-5", 504)]
    public async Task A_409_after_tries_that_never_reached_the_platform_is_no_delivery(string student, int status)
    {
        var ticket = await stage.ScoreTicketAsync(student, engine);
        stage.LmsOptions.ScoreFaults.FailNext(int.MaxValue, status);
        var id = await scene.SendAsync(ticket, 8);
        await scene.TriedAsync(id, 1);
        // Moodle has a time of its own that is later than the score.
        Enter(student, 1);
        stage.LmsOptions.ScoreFaults.FailNext(0, 200);
        await scene.PassWaitAsync(id);
        await scene.RowAsync(id, "code = 'lti.score_outdated'");
        Assert.Equal("pending", (await scene.StandsAsync(id)).State);
        Assert.Equal(409, (await scene.StatusAsync(id)).GetProperty("platformStatus").GetInt32());

        await scene.PassWaitAsync(id);
        await engine.WaitForAsync(id, "delivered");
        Assert.Equal([8], stage.GradesOf(student));
        Assert.Equal(8, scene.Shown(student));
    }

    [Fact]
    public async Task A_409_after_a_platform_that_could_not_be_connected_to_is_no_delivery()
    {
        await using var own = await TestStage.StartAsync(own => own.LmsOptions.Url = Loopback.FreeUrl());
        using var sender = new TestEngine(own);
        var alone = new ScoreScene(own, sender);
        own.LmsOptions.GradebookHabit = GradebookHabit.Moodle43;
        var ticket = await own.ScoreTicketAsync("student-1", sender);
        // A first score, so that there is a token and the second one is refused at the score's own address.
        await sender.WaitForAsync(await alone.SendAsync(ticket, 1), "delivered");
        await own.StopLmsAsync();
        var id = await alone.SendAsync(ticket, 8);
        await alone.TriedAsync(id, 1);
        Assert.Equal("lti.score_platform_unreachable", (await alone.StandsAsync(id)).Code);
        own.LmsOptions.ScoreFaults.FailNext(int.MaxValue, 503);
        await own.StartLmsAsync();
        own.GradebookOf().Enter(Gradebook.FractionsId, own.PersonOf("student-1").UserId, 3, own.Clock.GetUtcNow() + TimeSpan.FromSeconds(5));
        own.LmsOptions.ScoreFaults.FailNext(0, 200);
        await alone.PassWaitAsync(id);
        await alone.RowAsync(id, "code = 'lti.score_outdated' and state = 'pending'");
        await alone.PassWaitAsync(id);
        await sender.WaitForAsync(id, "delivered");
        Assert.Equal(8, alone.Shown("student-1"));
    }

    [Fact]
    public async Task A_score_that_is_outdated_twice_is_parked_with_the_platforms_status()
    {
        var ticket = await stage.ScoreTicketAsync("student-6", engine);
        stage.LmsOptions.ScoreFaults.FailNext(2, 409);
        var id = await scene.SendAsync(ticket, 8);
        await scene.RowAsync(id, "code = 'lti.score_outdated'");
        await scene.PassWaitAsync(id);

        var status = await engine.WaitForAsync(id, "parked");
        Assert.Equal(("lti.score_outdated", 409), (ScoreScene.CodeOf(status), status.GetProperty("platformStatus").GetInt32()));
        Assert.Empty(stage.GradesOf("student-6"));
    }

    [Fact]
    public async Task What_a_teacher_entered_in_Canvas_since_stays_until_a_person_hands_the_score_in_again()
    {
        stage.LmsOptions.GradebookHabit = GradebookHabit.Canvas;
        var ticket = await stage.ScoreTicketAsync("student-7", engine);
        stage.LmsOptions.ScoreFaults.FailNext(int.MaxValue, 503);
        var id = await scene.SendAsync(ticket, 8);
        await scene.TriedAsync(id, 1);
        Enter("student-7", 3);
        stage.LmsOptions.ScoreFaults.FailNext(0, 200);
        stage.Clock.Advance(TimeSpan.FromSeconds(5));
        await scene.PassWaitAsync(id);

        var status = await engine.WaitForAsync(id, "parked");
        Assert.Equal(("lti.score_outdated", 400), (ScoreScene.CodeOf(status), status.GetProperty("platformStatus").GetInt32()));
        Assert.Equal("A newer score is already in the gradebook.", status.GetProperty("platformReason").GetString());
        Assert.Equal(3, scene.Shown("student-7"));

        Assert.True((await stage.Services.GetRequiredService<RetryScores>().RunAsync(stage.District.Id, id, TestContext.Current.CancellationToken)).Succeeded);
        await engine.WaitForAsync(id, "delivered");
        Assert.Equal(8, scene.Shown("student-7"));
    }

    // A few seconds after the score.
    private void Enter(string student, double points) =>
        stage.GradebookOf().Enter(Gradebook.FractionsId, stage.PersonOf(student).UserId, points, stage.Clock.GetUtcNow() + TimeSpan.FromSeconds(5));
}
