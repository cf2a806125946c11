using System.Net;
using Gateway.Stage;

namespace Gateway.Tests.Grades;

[Trait("Requirement", "L-3.3")]
public sealed class KilledGatewayTests
{
    [Fact]
    public async Task A_score_that_was_taken_survives_the_kill_of_the_gateway_and_arrives_once()
    {
        await using var stage = await TestStage.StartAsync();
        using var engine = new TestEngine(stage);
        var tried = await stage.ScoreTicketAsync("student-1", engine);
        var untried = await stage.ScoreTicketAsync("student-2", engine);
        await stage.StopGatewayAsync();
        stage.LmsOptions.ScoreFaults.FailNext(int.MaxValue, 503);

        Guid first, second;
        await using (var gateway = await GatewayProcess.ServeAsync(stage.EnvironmentSettings()))
        {
            first = await TakeAsync(engine, tried, 6, "before the first try");
            await Until.TrueAsync(() => stage.Database.AskAsync<bool>($"select attempts > 0 from gateway.score_delivery where id = '{first}'"), "a first try");
            // In the middle of whatever it does about the second one.
            second = await TakeAsync(engine, untried, 7, "just before the kill");
            await gateway.KillAsync();
        }

        stage.LmsOptions.ScoreFaults.FailNext(0, 200);
        await stage.StartGatewayAsync();
        await engine.WaitForAsync(first, "delivered");
        await engine.WaitForAsync(second, "delivered");

        Assert.Equal([6], stage.GradesOf("student-1"));
        Assert.Equal([7], stage.GradesOf("student-2"));
        Assert.Equal(first, await TakeAsync(engine, tried, 6, "before the first try"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Requirement", "T-12")]
    public async Task After_a_kill_in_the_middle_of_a_delivery_the_newest_score_is_in_the_gradebook(bool newerComes)
    {
        await using var stage = await TestStage.StartAsync();
        using var engine = new TestEngine(stage);
        stage.LmsOptions.GradebookHabit = Samples.Lms.Services.GradebookHabit.Moodle43;
        var ticket = await stage.ScoreTicketAsync("student-1", engine);
        await stage.StopGatewayAsync();
        var (entered, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        stage.LmsOptions.ScoreFaults.Answering = _ =>
        {
            entered.TrySetResult();
            return released.Task;
        };

        Guid first;
        Guid? second;
        await using (var gateway = await GatewayProcess.ServeAsync(stage.EnvironmentSettings()))
        {
            first = await TakeAsync(engine, ticket, 6, "first");
            // The gradebook has it, and the gateway does not know.
            await entered.Task;
            second = newerComes ? await TakeAsync(engine, ticket, 7, "second") : null;
            await gateway.KillAsync();
        }

        released.SetResult();
        stage.LmsOptions.ScoreFaults.Answering = null;
        await stage.StartGatewayAsync();
        await engine.WaitForAsync(second ?? first, "delivered");

        Assert.Equal(newerComes ? [6, 7] : [6], stage.GradesOf("student-1"));
        Assert.Equal(newerComes ? 7 : 6, new ScoreScene(stage, engine).Shown("student-1"));
        if (newerComes)
            await engine.WaitForAsync(first, "superseded");
    }

    private static async Task<Guid> TakeAsync(TestEngine engine, string ticket, int points, string key)
    {
        var answer = await engine.PostScoreAsync(new(ticket, points, 10), key);
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        return answer.Json.GetProperty("id").GetGuid();
    }
}
