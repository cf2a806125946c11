using System.Net;
using Gateway.Districts;
using Gateway.Platforms;
using Gateway.Platforms.Registering;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Microsoft.Extensions.DependencyInjection;
using Samples.Demo;

namespace Gateway.Tests.Platforms;

/// <summary>"Update" in Moodle: the platform registers again, with the client id that the tool has.</summary>
[Trait("Requirement", "T-22")]
public sealed class RegisteringAgainTests(StageFixture fixture) : IClassFixture<StageFixture>, IAsyncLifetime
{
    private readonly TestStage stage = fixture.Stage;
    private int id;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var administrator = new RegisteringAdministrator(stage);
        id = RegisteringAdministrator.IdOn(await administrator.RegisterAsync(administrator.Invite()));
        Assert.True((await Approve.RunAsync(stage.District.Id, id, [], false, Cancellation)).Succeeded);
        stage.LmsOptions.UpdatesTool = true;
    }

    public ValueTask DisposeAsync()
    {
        (stage.LmsOptions.UpdatesTool, stage.LmsOptions.AuthorizationQuery, stage.LmsOptions.AuthorizationServer, stage.LmsOptions.DeploymentId) = (false, "", null, "1");
        return ValueTask.CompletedTask;
    }

    private ApprovePlatform Approve => stage.Services.GetRequiredService<ApprovePlatform>();

    [Fact]
    public async Task Registering_again_without_a_change_keeps_the_approval_and_everything_works()
    {
        var before = await stage.Database.AskAsync<long>("select count(*) from gateway.registration");
        var done = await AgainAsync();
        Assert.Equal((HttpStatusCode.OK, id), (done.Status, RegisteringAdministrator.IdOn(done)));
        Assert.Contains("Registered again", done.Body, StringComparison.Ordinal);
        Assert.Equal("active", await RowAsync("state"));
        Assert.Equal(before, await stage.Database.AskAsync<long>("select count(*) from gateway.registration"));
        Assert.Equal("active", await RowAsync("(select string_agg(state, ' ') from gateway.deployment d where d.registration_id = r.id)"));
        await stage.LaunchAsync("student-1", fixture.Engine);
    }

    [Fact]
    public async Task Changed_addresses_wait_for_an_approval_and_those_in_force_go_on_working()
    {
        stage.LmsOptions.AuthorizationQuery = "?moved=1";
        var done = await AgainAsync();
        Assert.Contains("changes wait for approval", done.Body, StringComparison.Ordinal);
        Assert.Equal($"{stage.LmsUrl}/auth", await RowAsync("authorization_endpoint"));
        await stage.LaunchAsync("student-1", fixture.Engine);
        var check = await stage.Services.GetRequiredService<CheckPlatform>().RunAsync(stage.District.Id, id, Cancellation);
        Assert.Contains(check.Value.Single().Findings, finding => finding.Code == "platform.addresses_wait");

        Assert.True((await Approve.RunAsync(stage.District.Id, id, [], false, Cancellation)).Succeeded);
        Assert.Equal($"{stage.LmsUrl}/auth?moved=1", await RowAsync("authorization_endpoint"));
        Assert.Equal("true", await RowAsync("(waiting_addresses is null)::text"));
        await stage.LaunchAsync("student-1", fixture.Engine);
    }

    [Fact]
    public async Task Operator_refuses_changed_addresses_and_nothing_else_happens()
    {
        stage.LmsOptions.AuthorizationQuery = "?moved=2";
        await AgainAsync();
        var keep = stage.Services.GetRequiredService<KeepAddresses>();
        Assert.True((await keep.RunAsync(stage.District.Id, id, Cancellation)).Value);
        Assert.False((await keep.RunAsync(stage.District.Id, id, Cancellation)).Value);
        Assert.Equal("platform.unknown", (await keep.RunAsync(stage.District.Id, 4711, Cancellation)).Failures[0].Code);
        Assert.Equal(($"{stage.LmsUrl}/auth", "active"), (await RowAsync("authorization_endpoint"), await RowAsync("state")));
    }

    [Fact]
    public async Task Deployment_that_is_new_waits_and_the_known_one_stays()
    {
        stage.LmsOptions.DeploymentId = "77";
        await AgainAsync();
        Assert.Equal("1 active, 77 waiting", await RowAsync("(select string_agg(deployment_id || ' ' || state, ', ' order by deployment_id) from gateway.deployment d where d.registration_id = r.id)"));
    }

    [Fact]
    public async Task Platform_that_was_taken_out_of_use_stays_so_until_it_is_approved()
    {
        await stage.Services.GetRequiredService<RemovePlatform>().RunAsync(stage.District.Id, id, Cancellation);
        Assert.Contains("waiting for approval", (await AgainAsync()).Body, StringComparison.Ordinal);
        Assert.Equal("removed", await RowAsync("state"));
        await Approve.RunAsync(stage.District.Id, id, [], false, Cancellation);
        await stage.LaunchAsync("student-1", fixture.Engine);
    }

    [Fact]
    [Trait("Requirement", "T-8")]
    public async Task Audience_of_a_name_elsewhere_is_shown_and_waits_and_one_of_another_platform_is_refused()
    {
        stage.LmsOptions.AuthorizationServer = "https://auth.elsewhere.example/token";
        using var administrator = new RegisteringAdministrator(stage);
        var offer = await administrator.OpenAsync(administrator.Invite());
        Assert.Equal("https://auth.elsewhere.example/token", Browser.TextOf(offer.Page, "audience"));
        await administrator.PressAsync(offer);
        Assert.Equal("null", await RowAsync("coalesce(token_audience, 'null')"));
        await Approve.RunAsync(stage.District.Id, id, [], false, Cancellation);
        Assert.Equal("https://auth.elsewhere.example/token", await RowAsync("token_audience"));

        foreach (var audience in new[] { "https://api.brightspace.com/auth/token", "https://sso.canvaslms.com/login/oauth2/token", "https://blackboard.com", "https://lti.taken.example/oauth" })
        {
            await TakenAsync();
            stage.LmsOptions.AuthorizationServer = audience;
            Assert.Equal("registration.audience_of_another", (await administrator.OpenAsync(administrator.Invite())).PageCode);
        }

        stage.LmsOptions.AuthorizationServer = "two words";
        Assert.Equal("registration.audience_invalid", (await administrator.OpenAsync(administrator.Invite())).PageCode);
    }

    [Fact]
    [Trait("Requirement", "T-8")]
    public async Task Audience_that_became_another_platforms_meanwhile_is_not_approved()
    {
        stage.LmsOptions.AuthorizationServer = "https://lti.taken-later.example/oauth";
        await AgainAsync();
        await TakenAsync("taken-later");
        Assert.Equal("platform.token_audience_of_another", (await Approve.RunAsync(stage.District.Id, id, [], false, Cancellation)).Failures[0].Code);
        Assert.Equal("null", await RowAsync("coalesce(token_audience, 'null')"));
    }

    [Fact]
    public async Task Registration_for_another_district_changes_nothing_there_and_asks_nobody_to_remove_a_tool()
    {
        var other = await stage.Services.GetRequiredService<AddDistrict>().RunAsync($"again-{id}", "Again", "UTC", null, false, Cancellation);
        using var administrator = new RegisteringAdministrator(stage);
        var answer = await administrator.RegisterAsync(stage.Services.GetRequiredService<Invitations>().Issue(other.Value.Id, 1).Value.Url);
        if (answer.Status == HttpStatusCode.BadRequest)
            Assert.Equal("registration.conflict", answer.PageCode);
        Assert.DoesNotContain("emove", answer.Body, StringComparison.Ordinal);
        Assert.Equal("active", await RowAsync("state"));
    }

    [Fact]
    public void No_word_tells_an_administrator_to_remove_a_tool()
    {
        var words = Lti.Registrations.RegistrationFault.Catalogue.Select(fault => fault.WhatToDo)
            .Concat([RegistrationProblem.Exists.WhatToDo, RegistrationProblem.InvitationUsed.WhatToDo, RegistrationProblem.AudienceOfAnother.WhatToDo])
            .Concat(PlatformKinds.All.SelectMany(kind => new[] { kind.AfterRegistration, kind.OnIssuerMismatch }));
        Assert.All(words, text => Assert.DoesNotContain("emove", text.Replace("does not have to be removed", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    private async Task<Answer> AgainAsync()
    {
        using var administrator = new RegisteringAdministrator(stage);
        return await administrator.RegisterAsync(administrator.Invite());
    }

    // A platform of the district's own at another address, which nobody asks.
    private async Task TakenAsync(string name = "taken") => await stage.Services.GetRequiredService<AddPlatform>().RunAsync(
        stage.District.Id,
        new("other", $"https://lti.{name}.example", $"client-{name}", ["d"], $"https://lti.{name}.example/a", $"https://lti.{name}.example/t", $"https://lti.{name}.example/j"),
        Cancellation);

    private Task<string> RowAsync(string expression) => stage.Database.AskAsync<string>($"select {expression} from gateway.registration r where r.id = {id}");
}
