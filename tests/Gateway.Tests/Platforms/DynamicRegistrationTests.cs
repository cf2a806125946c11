using System.Net;
using Gateway.Launches;
using Gateway.Platforms;
using Gateway.Stage;
using Gateway.Storage;
using Gateway.Tests.EndToEnd;
using Microsoft.Extensions.DependencyInjection;
using Samples.Demo;
using Samples.Lms.Registration;

namespace Gateway.Tests.Platforms;

[Trait("Requirement", "L-2.1")]
public sealed class DynamicRegistrationTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Platform_registers_itself_is_approved_and_launches(bool returnsDeploymentId)
    {
        using var setting = new Bent(stage, returnsDeploymentId: returnsDeploymentId);
        using var administrator = new RegisteringAdministrator(stage);
        var offer = await administrator.OpenAsync(administrator.Invite());
        Assert.Equal(HttpStatusCode.OK, offer.Status);
        Assert.Equal(stage.LmsUrl, Browser.TextOf(offer.Page, "issuer"));
        Assert.Equal(stage.District.Name, Browser.TextOf(offer.Page, "district"));
        Assert.Contains($"{stage.GatewayUrl}/lti/launch", offer.Body, StringComparison.Ordinal);

        var done = await administrator.PressAsync(offer);
        Assert.Equal(HttpStatusCode.OK, done.Status);
        var id = RegisteringAdministrator.IdOn(done);
        Assert.Equal("pending dynamic", await RegistrationAsync(id, "state || ' ' || source"));
        Assert.Equal(returnsDeploymentId ? "1" : "", await RegistrationAsync(id, "coalesce((select string_agg(deployment_id, ' ') from gateway.deployment d where d.registration_id = r.id), '')"));

        // Nobody comes in before the approval, and everybody right after it, also where the approval is only heard of.
        var elsewhere = new RegistrationDirectory(stage.Services.GetRequiredService<GatewayDatabase>(), stage.Clock);
        Assert.True(Assert.Single(await elsewhere.FindAsync(stage.LmsUrl, stage.LmsOptions.ClientId, Cancellation)).IsPending);
        using var student = await Visitor.SignInAsync(stage, "student-1");
        var (action, fields) = await student.ClickAsync();
        Assert.Equal("lti.registration_pending", (await student.PostAsync(action.AbsoluteUri, fields)).PageCode);
        Assert.True((await stage.Services.GetRequiredService<ApprovePlatform>().RunAsync(stage.District.Id, id, [], false, Cancellation)).Succeeded);
        Assert.False(Assert.Single(await elsewhere.FindAsync(stage.LmsUrl, stage.LmsOptions.ClientId, Cancellation)).IsPending);
        var claims = await stage.LaunchAsync("student-1", fixture.Engine);
        Assert.Equal("student", claims.GetProperty("role").GetString());
        Assert.Equal("1", await RegistrationAsync(id, "(select string_agg(deployment_id, ' ') from gateway.deployment d where d.registration_id = r.id)"));
    }

    [Fact]
    public async Task Registration_asks_for_scores_and_no_more()
    {
        using var setting = new Bent(stage);
        using var administrator = new RegisteringAdministrator(stage);
        await administrator.RegisterAsync(administrator.Invite());

        var document = System.Text.Json.JsonDocument.Parse(stage.LmsOptions.LastRegistration!).RootElement;
        var tool = document.GetProperty("https://purl.imsglobal.org/spec/lti-tool-configuration");
        Assert.Equal("https://purl.imsglobal.org/spec/lti-ags/scope/score", document.GetProperty("scope").GetString());
        Assert.Equal(["iss", "sub"], tool.GetProperty("claims").EnumerateArray().Select(claim => claim.GetString()));
        Assert.Equal("$Person.sourcedId", tool.GetProperty("custom_parameters").GetProperty("person_sourcedid").GetString());
        Assert.Equal(["LtiResourceLinkRequest"], tool.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData(RegistrationFault.WrongIssuer, "lti.registration_issuer_mismatch")]
    [InlineData(RegistrationFault.Incomplete, "lti.registration_configuration_incomplete")]
    [InlineData(RegistrationFault.OversizedConfiguration, "lti.registration_configuration_malformed")]
    [InlineData(RegistrationFault.RedirectInward, "lti.registration_configuration_refused")]
    public async Task Configuration_that_is_not_right_is_refused_before_anything_is_offered(RegistrationFault fault, string code)
    {
        using var administrator = new RegisteringAdministrator(stage);
        var link = administrator.Invite();
        await using var held = await stage.HoldJobsAsync();
        var rows = await stage.Database.RowCountsAsync();
        using (var setting = new Bent(stage, fault))
        {
            var answer = await administrator.OpenAsync(link);
            Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, answer.PageCode));
        }

        Assert.Equal(rows, await stage.Database.RowCountsAsync());
        using var restored = new Bent(stage);
        Assert.Equal(HttpStatusCode.OK, (await administrator.RegisterAsync(link)).Status);
    }

    [Theory]
    [InlineData(RegistrationFault.HtmlRefusal, "lti.registration_refused", "Not &amp; now xxxx")]
    [InlineData(RegistrationFault.OtherJsonRefusal, "lti.registration_refused", "JWT did not include &lt;b&gt;expected&lt;/b&gt; contents")]
    [InlineData(RegistrationFault.BareRefusal, "lti.registration_refused", "invalid_redirect_uris")]
    [InlineData(RegistrationFault.Broken, "lti.registration_failed", null)]
    [InlineData(RegistrationFault.OversizedAnswer, "lti.registration_answer_malformed", null)]
    public async Task Refusal_of_the_platform_is_shown_logged_nowhere_and_leaves_the_invitation_usable(RegistrationFault fault, string code, string? words)
    {
        using var administrator = new RegisteringAdministrator(stage);
        var link = administrator.Invite();
        await using var held = await stage.HoldJobsAsync();
        var rows = await stage.Database.RowCountsAsync();
        using (var setting = new Bent(stage, fault))
        {
            var answer = await administrator.RegisterAsync(link);
            Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, answer.PageCode));
            if (words is not null)
                Assert.Contains($"<blockquote data-testid=\"platform-words\">{words}", answer.Body, StringComparison.Ordinal);
            Assert.InRange(answer.Body.Length, 1, 5_000);
            Assert.DoesNotContain("alert(1)", answer.Body, StringComparison.Ordinal);
        }

        Assert.Equal(rows, await stage.Database.RowCountsAsync());
        Assert.DoesNotContain(stage.Log.Lines, line => line.Contains("invalid_redirect_uris", StringComparison.Ordinal) || line.Contains("JWT did not", StringComparison.Ordinal));
        using var restored = new Bent(stage);
        Assert.Equal(HttpStatusCode.OK, (await administrator.RegisterAsync(link)).Status);
    }

    [Fact]
    public async Task Invitation_is_good_once_also_when_the_button_is_pressed_twice_at_once()
    {
        using var setting = new Bent(stage);
        using var administrator = new RegisteringAdministrator(stage);
        var link = administrator.Invite();
        var offers = new[] { await administrator.OpenAsync(link), await administrator.OpenAsync(link) };
        var before = await stage.Database.AskAsync<long>("select count(*) from gateway.registration");
        var answers = await Task.WhenAll(offers.Select(administrator.PressAsync));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.BadRequest], answers.Select(answer => answer.Status).Order());
        Assert.Equal("registration.invitation_used", answers.Single(answer => answer.Status == HttpStatusCode.BadRequest).PageCode);
        Assert.Equal(before + 1, await stage.Database.AskAsync<long>("select count(*) from gateway.registration"));
        Assert.Equal("registration.invitation_used", (await administrator.OpenAsync(link)).PageCode);
    }

    [Fact]
    public async Task Link_that_is_expired_altered_or_opened_by_hand_says_so()
    {
        using var administrator = new RegisteringAdministrator(stage);
        var link = administrator.Invite(hours: 1);
        Assert.Equal("registration.not_from_platform", (await administrator.OpenPlainAsync(link)).PageCode);
        Assert.Equal("registration.invitation_invalid", (await administrator.OpenAsync(link[..^2])).PageCode);
        Assert.Equal("registration.invitation_invalid", (await administrator.OpenPlainAsync($"{stage.GatewayUrl}/lti/register")).PageCode);

        var early = await administrator.OpenAsync(link);
        stage.Clock.Advance(TimeSpan.FromMinutes(30));
        var late = await administrator.OpenAsync(link);
        stage.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("registration.invitation_expired", (await administrator.OpenAsync(link)).PageCode);
        Assert.Equal("registration.form_invalid", (await administrator.PressAsync(early)).PageCode);
        Assert.Equal("registration.invitation_expired", (await administrator.PressAsync(late)).PageCode);
        Assert.Equal("registration.form_invalid", (await administrator.PostAsync(new() { ["form"] = "made up" })).PageCode);
        Assert.Equal("registration.form_invalid", (await administrator.PostAsync([])).PageCode);
    }

    [Fact]
    public async Task Token_of_the_platform_is_in_no_page_and_no_log()
    {
        using var setting = new Bent(stage);
        using var administrator = new RegisteringAdministrator(stage);
        var token = stage.Lms.Services.GetRequiredService<RegistrationTokens>().Issue();
        var offer = await administrator.OpenAsync(administrator.Invite(), token: token);
        var done = await administrator.PressAsync(offer);

        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.DoesNotContain(token, offer.Body + done.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Log.Entries, line => line.IsOwn && line.Text.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Platform_without_the_token_is_not_asked_twice_and_its_words_are_shown()
    {
        using var administrator = new RegisteringAdministrator(stage);
        var answer = await administrator.OpenAsync(administrator.Invite(), token: "not-a-good-token");
        Assert.Equal("lti.registration_configuration_refused", answer.PageCode);
        Assert.Contains("missing_registration_token", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_allows_its_own_script_and_no_other()
    {
        using var setting = new Bent(stage);
        using var administrator = new RegisteringAdministrator(stage);
        var done = await administrator.RegisterAsync(administrator.Invite());
        var policy = done.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("/assets/register.js", done.Body, StringComparison.Ordinal);
        using var visitor = new Visitor(stage);
        Assert.Contains("org.imsglobal.lti.close", (await visitor.GetAsync($"{stage.GatewayUrl}/assets/register.js")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_platform_is_gone_and_one_that_was_in_use_is_switched_off()
    {
        using var setting = new Bent(stage);
        using var administrator = new RegisteringAdministrator(stage);
        var (approve, remove) = (stage.Services.GetRequiredService<ApprovePlatform>(), stage.Services.GetRequiredService<RemovePlatform>());
        var rejected = RegisteringAdministrator.IdOn(await administrator.RegisterAsync(administrator.Invite()));
        Assert.True((await remove.RunAsync(stage.District.Id, rejected, Cancellation)).Value);
        Assert.Equal("platform.unknown", (await approve.RunAsync(stage.District.Id, rejected, [], false, Cancellation)).Failures[0].Code);

        var used = RegisteringAdministrator.IdOn(await administrator.RegisterAsync(administrator.Invite()));
        await approve.RunAsync(stage.District.Id, used, [], false, Cancellation);
        await stage.LaunchAsync("student-2", fixture.Engine);
        Assert.False((await remove.RunAsync(stage.District.Id, used, Cancellation)).Value);
        using var student = await Visitor.SignInAsync(stage, "student-2");
        var (action, fields) = await student.ClickAsync();
        Assert.Equal("lti.registration_unknown", (await student.PostAsync(action.AbsoluteUri, fields)).PageCode);
        await approve.RunAsync(stage.District.Id, used, [], false, Cancellation);
        await stage.LaunchAsync("student-2", fixture.Engine);
    }

    private Task<string> RegistrationAsync(int id, string expression) => stage.Database.AskAsync<string>($"select {expression} from gateway.registration r where r.id = {id}");

    /// <summary>Bends the LMS, and puts it back: the tests of this class share it.</summary>
    private sealed class Bent : IDisposable
    {
        private readonly TestStage stage;

        public Bent(TestStage stage, RegistrationFault fault = RegistrationFault.None, bool returnsDeploymentId = true)
        {
            this.stage = stage;
            (stage.LmsOptions.RegistrationFault, stage.LmsOptions.ReturnsDeploymentId) = (fault, returnsDeploymentId);
        }

        public void Dispose() => (stage.LmsOptions.RegistrationFault, stage.LmsOptions.ReturnsDeploymentId) = (RegistrationFault.None, true);
    }
}
