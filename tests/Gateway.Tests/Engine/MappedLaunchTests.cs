using Gateway.Identity;
using Gateway.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Engine;

/// <summary>What a district gives an engine holds for people who launch, too.</summary>
public sealed class MappedLaunchTests(EngineStage stage) : IClassFixture<EngineStage>
{
    [Fact]
    public async Task Sign_in_tells_the_role_in_the_engines_words_or_not_at_all()
    {
        await stage.GiveAsync(TestStage.EngineId, "role");
        await stage.ChangeAsync(new(TestStage.EngineId, "A. Dult") { RoleWords = ["teacher=instructor"] });
        Assert.Equal("instructor", (await stage.Stage.LaunchAsync("teacher", stage.Engine)).GetProperty("role").GetString());
        Assert.Equal("student", (await stage.Stage.LaunchAsync("student-1", stage.Engine)).GetProperty("role").GetString());

        await stage.GiveAsync(TestStage.EngineId);
        var claims = await stage.Stage.LaunchAsync("student-1", stage.Engine);
        Assert.False(claims.TryGetProperty("role", out _));
        // Who is graded is the gateway's matter.
        Assert.True(claims.TryGetProperty("score_ticket", out _));
        await stage.GiveAsync(TestStage.EngineId, "role");
    }

    [Fact]
    [Trait("Requirement", "P-5.4")]
    public async Task Nobody_is_handed_over_to_an_engine_that_the_district_disabled()
    {
        await stage.ChangeAsync(new(TestStage.EngineId, "A. Dult") { Enabled = false });
        await using var held = await stage.Stage.HoldJobsAsync();
        var before = await stage.Stage.Database.RowCountsAsync();
        using var visitor = await Visitor.SignInAsync(stage.Stage, "student-2");

        var sent = await visitor.SendAsync(await visitor.PrepareAsync());

        Assert.Equal((null, "launch.engine_unavailable"), (sent.Location, sent.PageCode));
        Assert.Equal(before, await stage.Stage.Database.RowCountsAsync());
        await stage.GiveAsync(TestStage.EngineId, "role");
        Assert.Equal(TestStage.DistrictSlug, (await stage.Stage.LaunchAsync("student-2", stage.Engine)).GetProperty("district").GetString());
    }

    [Fact]
    public async Task District_that_used_the_only_engine_goes_on_with_it_when_another_is_registered()
    {
        await using var own = await TestStage.StartAsync();
        using var engine = new TestEngine(own);
        await own.LaunchAsync("student-1", engine);

        Assert.Empty(await own.Services.GetRequiredService<EngineRegistration>().RegisterAsync(
            new(EngineStage.OtherId, $"{own.EngineUrl}/oidc/login", [$"{own.EngineUrl}/oidc/callback"], TestStage.EngineSecret, null, "A Test"), CancellationToken.None));

        Assert.Equal(TestStage.EngineId, (await own.LaunchAsync("student-1", engine)).GetProperty("aud").GetString());
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TestStage.EngineId, (await own.LaunchAsync("student-1", engine)).GetProperty("aud").GetString());
        using var other = new TestEngine(own, EngineStage.OtherId);
        EngineStage.AssertProblem(System.Net.HttpStatusCode.NotFound, "api.district_unknown", await other.GetAsync($"{EngineStage.Root}/classes"));
    }

    [Fact]
    public async Task Launched_learner_is_the_one_that_the_roster_tells_of()
    {
        await stage.GiveAsync(TestStage.EngineId, "role");
        var claims = await stage.Stage.LaunchAsync("student-3", stage.Engine);

        var told = await stage.Engine.GetAsync($"{EngineStage.Root}/learners/{claims.GetProperty("sub").GetString()}");

        Assert.Equal("student", told.Json.GetProperty("role").GetString());
    }
}
