using Gateway.Districts;
using Gateway.Engine.Api;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Gateway.Tests.Engine;
using Forged = Gateway.Launches.ForgedTokens;

namespace Gateway.Tests.Alerts;

/// <summary>What the running gateway takes for an incident, and what it does not.</summary>
[Trait("Requirement", "P-5.7")]
public sealed class NoticedIncidentsTests(EngineStage stage) : IClassFixture<EngineStage>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forged_tokens_of_one_registration_are_an_incident_when_there_are_many()
    {
        for (var launch = 0; launch < Forged.Threshold - 1; launch++)
            await ForgeAsync();
        Assert.Equal(0, await TotalAsync(stage.District, "forged_tokens"));
        await ForgeAsync();

        Assert.Equal(Forged.Threshold, await TotalAsync(stage.District, "forged_tokens"));
    }

    [Fact]
    public async Task A_score_ticket_of_one_engine_that_another_one_sends_is_a_tenant_breach()
    {
        var before = await TotalAsync(stage.District, "tenant_breach");
        await stage.Engine.PostScoreAsync(new("AAAA" + new string('A', 100), 1, 1), "garbage");
        Assert.Equal(before, await TotalAsync(stage.District, "tenant_breach"));

        var ticket = await stage.Stage.ScoreTicketAsync("student-1", stage.Engine);
        Assert.Equal("score.ticket_invalid", (await stage.Other.PostScoreAsync(new(ticket, 1, 1), "stolen")).ProblemCode);
        Assert.Equal(before + 1, await TotalAsync(stage.District, "tenant_breach"));
    }

    [Fact]
    public async Task An_engine_that_asks_and_asks_for_a_district_that_never_enabled_it_is_a_tenant_breach()
    {
        var district = (await stage.Get<AddDistrict>().RunAsync("never-enabled", "Never", "UTC", null, false, Cancellation)).Value.Id;
        for (var question = 0; question < Trespass.Questions; question++)
        {
            Assert.Equal(0, await TotalAsync(district, "tenant_breach"));
            await stage.Other.GetAsync("/api/v1/districts/never-enabled/learners");
            await stage.Other.GetAsync("/api/v1/districts/nowhere/learners");
        }

        Assert.Equal(Trespass.Questions, await TotalAsync(district, "tenant_breach"));
    }

    [Fact]
    public async Task An_engine_whose_access_was_taken_away_goes_on_asking_and_is_no_incident()
    {
        var district = (await stage.Get<AddDistrict>().RunAsync("taken-away", "Taken", "UTC", null, false, Cancellation)).Value.Id;
        foreach (var enabled in new[] { true, false })
            Assert.True((await stage.Get<Gateway.Engine.ChangeMapping>().RunAsync(district, new(EngineStage.OtherId, "A. Dult") { Enabled = enabled }, Cancellation)).Succeeded);
        for (var question = 0; question < Trespass.Questions + 1; question++)
            Assert.Equal("api.district_unknown", (await stage.Other.GetAsync("/api/v1/districts/taken-away/learners")).ProblemCode);

        Assert.Equal(0, await TotalAsync(district, "tenant_breach"));
    }

    [Fact]
    public async Task Ids_of_one_district_in_the_address_of_another_are_a_tenant_breach()
    {
        var district = (await stage.Get<AddDistrict>().RunAsync("second", "Second", "UTC", null, false, Cancellation)).Value.Id;
        Assert.True((await stage.Get<Gateway.Engine.ChangeMapping>().RunAsync(district, new(TestStage.EngineId, "A. Dult") { Enabled = true }, Cancellation)).Succeeded);
        var before = await TotalAsync(stage.District, "tenant_breach");
        var learner = (await EngineStage.AllAsync(stage.Engine, "learners"))[0].GetProperty("id").GetString();
        for (var question = 0; question < Trespass.StrayIds; question++)
            Assert.Equal("api.learner_unknown", (await stage.Engine.GetAsync($"/api/v1/districts/second/learners/{learner}")).ProblemCode);

        Assert.Equal(before + Trespass.StrayIds, await TotalAsync(stage.District, "tenant_breach"));
        Assert.Equal(0, await TotalAsync(district, "tenant_breach"));
    }

    private async Task ForgeAsync()
    {
        using var visitor = await Visitor.SignInAsync(stage.Stage, "student-2");
        var launch = await visitor.PrepareAsync();
        Assert.Equal("lti.signature_invalid", (await visitor.SendAsync(launch with { IdToken = ForgedTokens.Resign(launch.IdToken) })).PageCode);
    }

    private async Task<long> TotalAsync(int district, string kind) =>
        await stage.Stage.Database.AskAsync<long>($"select coalesce((select total from gateway.incident where district_id = {district} and kind = '{kind}'), 0)");
}
