using Gateway.Rostering;
using Gateway.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.EndToEnd;

public sealed class RosterAndLaunchTests
{
    [Fact]
    public async Task A_launch_of_somebody_on_the_roster_is_the_rosters_learner()
    {
        await using var stage = await TestStage.StartAsync();
        using var engine = new TestEngine(stage);
        await SyncAsync(stage);
        var rostered = await LearnersAsync(stage);

        var learner = await stage.LearnerOfAsync(await stage.LaunchAsync("student-1", engine));
        await stage.LaunchAsync("teacher", engine);

        Assert.Equal(216, rostered);
        Assert.Equal(rostered, await LearnersAsync(stage));
        await AssertOneLearnerAsync(stage, learner);
    }

    [Fact]
    public async Task A_launch_before_the_roster_came_is_one_learner_with_it()
    {
        await using var stage = await TestStage.StartAsync();
        using var engine = new TestEngine(stage);
        var before = await stage.LaunchAsync("student-1", engine);

        await SyncAsync(stage);
        var after = await stage.LaunchAsync("student-1", engine);

        Assert.Equal(before.GetProperty("sub").GetString(), after.GetProperty("sub").GetString());
        Assert.Equal(216, await LearnersAsync(stage));
        await AssertOneLearnerAsync(stage, await stage.LearnerOfAsync(after));
    }

    private static async Task SyncAsync(TestStage stage)
    {
        var run = await stage.Services.GetRequiredService<RosterSync>().RunAsync(stage.District.Id, RosterTrigger.Command, false, TestContext.Current.CancellationToken);
        Assert.Equal((RosterRunState.Applied, null), (run.State, run.Code));
    }

    private static Task<long> LearnersAsync(TestStage stage) => stage.Database.AskAsync<long>("select count(*) from gateway.learner");

    // On the roster, in classes, and known by both identities.
    private static async Task AssertOneLearnerAsync(TestStage stage, long? learner)
    {
        Assert.NotNull(learner);
        Assert.True(await stage.Database.AskAsync<bool>($"select on_roster and last_launch is not null from gateway.learner where id = {learner}"));
        Assert.Equal("1,2", await stage.Database.AskAsync<string>($"select string_agg(kind::text, ',' order by kind) from gateway.learner_identity where learner_id = {learner}"));
        Assert.Equal(7, await stage.Database.AskAsync<long>($"select count(*) from gateway.enrollment where learner_id = {learner}"));
    }
}
