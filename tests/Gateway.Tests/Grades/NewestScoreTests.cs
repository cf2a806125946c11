using System.Collections.Concurrent;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Samples.Lms.Services;

namespace Gateway.Tests.Grades;

/// <summary>Against a gradebook that compares as Moodle 4.3 does: by the time at which it took a grade, in whole seconds.</summary>
[Trait("Requirement", "T-12")]
public sealed class NewestScoreTests : IClassFixture<StageFixture>
{
    private readonly TestStage stage;
    private readonly TestEngine engine;
    private readonly ScoreScene scene;

    public NewestScoreTests(StageFixture fixture)
    {
        (stage, engine) = (fixture.Stage, fixture.Engine);
        scene = new(stage, engine);
        stage.LmsOptions.GradebookHabit = GradebookHabit.Moodle43;
        stage.LmsOptions.ScoreFaults.FailNext(0, 200);
    }

    [Fact]
    public async Task After_an_outage_the_newest_score_of_a_learner_and_column_arrives_and_it_alone()
    {
        var ticket = await stage.ScoreTicketAsync("student-1", engine);
        stage.LmsOptions.ScoreFaults.FailNext(int.MaxValue, 503);
        var first = await scene.SendAsync(ticket, 1);
        await scene.TriedAsync(first, 1);
        var second = await scene.SendAsync(ticket, 2);
        var third = await scene.SendAsync(ticket, 3);
        await scene.TriedAsync(third, 1);

        Assert.Equal(("superseded", "score.superseded"), await scene.StandsAsync(first));
        Assert.Equal(("superseded", "score.superseded"), await scene.StandsAsync(second));
        Assert.True((await scene.StatusAsync(first)).TryGetProperty("finishedAt", out _));
        Assert.Equal(0L, await stage.Database.AskAsync<long>($"select count(*) from gateway.score_delivery where id in ('{first}', '{second}') and sealed_score is not null"));

        stage.LmsOptions.ScoreFaults.FailNext(0, 200);
        await scene.PassWaitAsync(third);
        await engine.WaitForAsync(third, "delivered");
        Assert.Equal([3], stage.GradesOf("student-1"));
    }

    [Fact]
    public async Task A_score_that_follows_one_delivered_late_is_told_a_later_second()
    {
        var ticket = await stage.ScoreTicketAsync("student-2", engine);
        stage.LmsOptions.ScoreFaults.FailNext(int.MaxValue, 503);
        var late = await scene.SendAsync(ticket, 1);
        await scene.TriedAsync(late, 1);
        stage.Clock.Advance(TimeSpan.FromHours(1));
        stage.LmsOptions.ScoreFaults.FailNext(0, 200);
        await engine.WaitForAsync(late, "delivered");

        // It came about before the other one was delivered, and is the newer one all the same.
        var newer = await scene.SendAsync(ticket, 2, at: stage.Clock.GetUtcNow() - TimeSpan.FromMinutes(30));
        await engine.WaitForAsync(newer, "delivered");

        Assert.Equal([1, 2], stage.GradesOf("student-2"));
        Assert.Equal(2, scene.Shown("student-2"));
        Assert.All(stage.GradebookOf().Posts, post => Assert.True(post.Score.Timestamp <= stage.Clock.GetUtcNow()));
        // It was delivered at the first try, not after a refusal.
        Assert.Equal(1, await stage.Database.AskAsync<int>($"select attempts from gateway.score_delivery where id = '{newer}'"));
    }

    [Fact]
    public async Task A_score_that_comes_while_another_is_under_way_goes_next()
    {
        var ticket = await stage.ScoreTicketAsync("student-3", engine);
        var (entered, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        stage.LmsOptions.ScoreFaults.Answering = score =>
        {
            entered.TrySetResult();
            return score.ScoreGiven == 1 ? released.Task : Task.CompletedTask;
        };
        var first = await scene.SendAsync(ticket, 1);
        await entered.Task;
        var second = await scene.SendAsync(ticket, 2);

        Assert.Equal("pending", (await scene.StandsAsync(first)).State);
        Assert.Equal("pending", (await scene.StandsAsync(second)).State);
        released.SetResult();
        await engine.WaitForAsync(second, "delivered");
        stage.LmsOptions.ScoreFaults.Answering = null;
        await engine.WaitForAsync(first, "delivered");
        Assert.Equal([1, 2], stage.GradesOf("student-3"));
    }

    [Fact]
    public async Task A_score_under_way_that_fails_gives_way_to_the_newer_one()
    {
        var ticket = await stage.ScoreTicketAsync("student-4", engine);
        var (entered, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        stage.LmsOptions.ScoreFaults.LoseAnswers(1);
        stage.LmsOptions.ScoreFaults.Answering = _ =>
        {
            entered.TrySetResult();
            return released.Task;
        };
        var first = await scene.SendAsync(ticket, 1);
        await entered.Task;
        var second = await scene.SendAsync(ticket, 2);
        released.SetResult();

        await engine.WaitForAsync(second, "delivered");
        stage.LmsOptions.ScoreFaults.Answering = null;
        Assert.Equal(("superseded", "score.superseded"), await scene.StandsAsync(first));
        Assert.Equal(2, scene.Shown("student-4"));
    }

    [Fact]
    public async Task A_score_that_came_about_before_the_delivered_one_is_not_sent()
    {
        var ticket = await stage.ScoreTicketAsync("student-5", engine);
        await engine.WaitForAsync(await scene.SendAsync(ticket, 9), "delivered");

        var older = await scene.SendAsync(ticket, 1, at: stage.Clock.GetUtcNow() - TimeSpan.FromHours(1));

        Assert.Equal(("superseded", "score.superseded"), await scene.StandsAsync(older));
        Assert.Equal([9], stage.GradesOf("student-5"));
    }

    [Fact]
    public async Task A_score_without_a_time_is_newer_than_all_before_it()
    {
        var ticket = await stage.ScoreTicketAsync("student-6", engine);
        stage.LmsOptions.ScoreFaults.FailNext(int.MaxValue, 503);
        // The engine's clock is ahead, as far as it may be.
        var ahead = await scene.SendAsync(ticket, 1, at: stage.Clock.GetUtcNow() + TimeSpan.FromMinutes(4));
        await scene.TriedAsync(ahead, 1);
        var newest = await scene.SendAsync(ticket, 2);
        stage.LmsOptions.ScoreFaults.FailNext(0, 200);

        await scene.PassWaitAsync(newest);
        await engine.WaitForAsync(newest, "delivered");
        Assert.Equal("superseded", (await scene.StandsAsync(ahead)).State);
        Assert.Equal(2, scene.Shown("student-6"));
    }

    [Theory]
    [InlineData(GradebookHabit.Moodle43, "student-7", "Pending")]
    [InlineData(GradebookHabit.Moodle43, "student-8", "PendingManual")]
    [InlineData(GradebookHabit.Canvas, "student-9", "NotReady")]
    [InlineData(GradebookHabit.Canvas, "student-10", "Failed")]
    public async Task What_is_not_final_is_never_sent_after_a_grade(GradebookHabit habit, string student, string progress)
    {
        stage.LmsOptions.GradebookHabit = habit;
        var ticket = await stage.ScoreTicketAsync(student, engine);
        await engine.WaitForAsync(await scene.SendAsync(ticket, 5), "delivered");
        Assert.Equal(("superseded", "score.grade_stands"), await scene.StandsAsync(await scene.SendAsync(ticket, 1, progress)));

        // Nor instead of a grade that waits.
        stage.LmsOptions.ScoreFaults.FailNext(int.MaxValue, 503);
        var waiting = await scene.SendAsync(ticket, 6);
        Assert.Equal(("superseded", "score.grade_stands"), await scene.StandsAsync(await scene.SendAsync(ticket, 2, progress)));
        stage.LmsOptions.ScoreFaults.FailNext(0, 200);
        await scene.PassWaitAsync(waiting);
        await engine.WaitForAsync(waiting, "delivered");

        Assert.Equal([5, 6], stage.GradesOf(student));
        Assert.Equal(6, scene.Shown(student));
    }

    [Fact]
    public async Task Of_scores_that_come_all_at_once_during_faults_the_newest_is_what_stays()
    {
        string[] students = ["student-11", "student-12", "student-13"];
        var tickets = await Task.WhenAll(students.Select(student => stage.ScoreTicketAsync(student, engine)));
        var posts = 0;
        // Refusals, lost answers and slow ones, in turns.
        stage.LmsOptions.ScoreFaults.Answering = async _ =>
        {
            if (Interlocked.Increment(ref posts) % 3 == 0)
                stage.LmsOptions.ScoreFaults.LoseAnswers(1);
            if (posts % 4 == 0)
                stage.LmsOptions.ScoreFaults.FailNext(1, 502);
            await Task.Yield();
        };
        stage.Clock.Speed = 10;
        var sent = new ConcurrentDictionary<Guid, double>();
        await Parallel.ForEachAsync(Enumerable.Range(1, 60), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (points, _) =>
            sent[await scene.SendAsync(tickets[points % 3], points)] = points);
        await Until.TrueAsync(
            async () =>
            {
                stage.Clock.Advance(TimeSpan.FromSeconds(1));
                return await stage.Database.AskAsync<long>("select count(*) from gateway.score_delivery where state = 'pending'") == 0;
            },
            "no score that waits");
        stage.LmsOptions.ScoreFaults.Answering = null;
        stage.Clock.Speed = 1;

        Assert.Equal(0L, await stage.Database.AskAsync<long>("select count(*) from gateway.score_delivery where state = 'parked'"));
        // The last of each lane in the order in which they were accepted.
        var newest = await stage.Database.AskAsync<Guid[]>($"""
            select array_agg(id) from (
              select distinct on (lane) id, state from gateway.score_delivery where id in ('{string.Join("','", sent.Keys)}') order by lane, stated_at desc, ordinal desc) newest
            where state = 'delivered'
            """);
        Assert.Equal(3, newest.Length);
        Assert.Equal(newest.Select(id => (double?)sent[id]).Order(), students.Select(scene.Shown).Order());
    }
}
