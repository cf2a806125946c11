using System.Net;
using Gateway.Stage;

namespace Gateway.Tests.EndToEnd;

[Trait("Requirement", "L-1.3")]
public sealed class ReplayTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    [Fact]
    public async Task Launch_with_replayed_nonce_is_refused_and_stores_nothing()
    {
        using var visitor = await Visitor.SignInAsync(stage, "student-1");
        var launch = await visitor.PrepareAsync();
        var first = await visitor.SendAsync(launch);
        await using var held = await stage.HoldJobsAsync();
        var rows = await stage.Database.RowCountsAsync();

        var second = await visitor.SendAsync(launch);

        Assert.Equal(HttpStatusCode.SeeOther, first.Status);
        Assert.Equal((HttpStatusCode.BadRequest, "lti.nonce_replayed"), (second.Status, second.PageCode));
        Assert.Equal(rows, await stage.Database.RowCountsAsync());
    }

    [Fact]
    public async Task Of_many_copies_of_a_launch_at_the_same_time_exactly_one_passes()
    {
        using var visitor = await Visitor.SignInAsync(stage, "student-2");
        var launch = await visitor.PrepareAsync();
        var launches = await LaunchesAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => visitor.SendAsync(launch)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.SeeOther);
        Assert.Equal(15, answers.Count(answer => answer.PageCode == "lti.nonce_replayed"));
        Assert.Equal(launches + 1, await LaunchesAsync());
    }

    [Fact]
    public async Task First_launches_of_one_person_at_the_same_time_are_one_learner()
    {
        using var visitor = await Visitor.SignInAsync(stage, "student-3");
        var launches = new List<PreparedLaunch>();
        for (var i = 0; i < 8; i++)
            launches.Add(await visitor.PrepareAsync());
        var learners = await LearnersAsync();

        var answers = await Task.WhenAll(launches.Select(visitor.SendAsync));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.Status));
        Assert.Equal(learners + 1, await LearnersAsync());
    }

    private Task<long> LaunchesAsync() => stage.Database.AskAsync<long>("select count(*) from gateway.launch");

    private Task<long> LearnersAsync() => stage.Database.AskAsync<long>("select count(*) from gateway.learner");
}
