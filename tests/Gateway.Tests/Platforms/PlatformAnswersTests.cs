using Gateway.Districts;
using Gateway.Hosting;
using Gateway.Platforms;
using Gateway.Privacy;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Lti;
using Lti.Registrations;
using Lti.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Platforms;

public sealed class PlatformAnswersTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "L-2.2")]
    public async Task Canvas_configuration_is_anonymous_asks_for_scores_alone_and_opens_resource_links()
    {
        using var visitor = new Visitor(stage);
        var set = await stage.Services.GetRequiredService<ToolKeySets>().OfKindAsync(stage.District.Id, "canvas", Cancellation);
        var answer = await visitor.GetAsync($"{stage.GatewayUrl}/lti/config/{set:N}/canvas.json");
        var json = answer.Json;

        Assert.Equal($"{stage.GatewayUrl}/lti/launch", json.GetProperty("target_link_uri").GetString());
        Assert.Equal($"{stage.GatewayUrl}/lti/login", json.GetProperty("oidc_initiation_url").GetString());
        Assert.Equal($"{stage.GatewayUrl}/lti/jwks/{set:N}", json.GetProperty("public_jwk_url").GetString());
        Assert.Equal([LtiScopes.Score], json.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal("$Person.sourcedId", json.GetProperty("custom_fields").GetProperty("person_sourcedid").GetString());
        var extension = Assert.Single(json.GetProperty("extensions").EnumerateArray());
        Assert.Equal("canvas.instructure.com", extension.GetProperty("platform").GetString());
        Assert.Equal("anonymous", extension.GetProperty("privacy_level").GetString());
        Assert.All(
            extension.GetProperty("settings").GetProperty("placements").EnumerateArray(),
            placement => Assert.Equal("LtiResourceLinkRequest", placement.GetProperty("message_type").GetString()));
    }

    [Theory]
    [Trait("Requirement", "L-2.3")]
    [InlineData("canvas")]
    [InlineData("schoology")]
    [InlineData("moodle")]
    [InlineData("brightspace")]
    [InlineData("blackboard")]
    [InlineData("other")]
    public async Task Values_for_a_platform_name_every_address_and_the_command_that_follows(string kind)
    {
        var form = (await stage.Services.GetRequiredService<PlatformValues>().OfAsync(kind, stage.District.Id, "oak", Cancellation)).Value;
        var values = form.Values.Select(value => value.Value).ToList();

        Assert.Contains($"{stage.GatewayUrl}/lti/launch", values);
        Assert.Contains($"person_sourcedid={(kind == "schoology" ? "$com.schoology.User.uniqueId" : "$Person.sourcedId")}", values);
        if (kind == "canvas")
            Assert.Contains(values, value => value.StartsWith($"{stage.GatewayUrl}/lti/config/", StringComparison.Ordinal) && value.EndsWith("/canvas.json", StringComparison.Ordinal));
        else
            Assert.Equal(2, values.Count(value => value == $"{stage.GatewayUrl}/lti/login" || value.StartsWith($"{stage.GatewayUrl}/lti/jwks/", StringComparison.Ordinal)));
        Assert.Contains(form.Next, line => line.StartsWith($"gateway platform add oak --kind {kind} ", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "L-2.3")]
    public void Custom_parameter_that_platforms_are_asked_for_is_one_that_is_read() =>
        Assert.Contains(LaunchAllowList.Claims, claim => claim.Claim.Path == $"custom.{ToolFacts.SisParameter}");

    [Fact]
    [Trait("Requirement", "L-2.4")]
    public async Task Check_of_a_platform_that_works_finds_nothing_wrong()
    {
        var checks = await stage.Services.GetRequiredService<CheckPlatform>().RunAsync(stage.District.Id, null, Cancellation);
        var check = Assert.Single(checks.Value);
        Assert.Equal(["tls", "authorization", "clock", "keys", "token", "deployment"], check.Findings.Select(finding => finding.Subject));
        Assert.DoesNotContain(check.Findings, finding => finding.Mark == ConnectionMark.Failed);
        // The stage is plain http on one machine.
        Assert.Equal(["lti.check_not_https"], check.Findings.Where(finding => finding.Mark == ConnectionMark.Warning).Select(finding => finding.Code));
    }

    [Fact]
    [Trait("Requirement", "L-2.4")]
    public async Task Check_names_the_platform_that_is_not_there()
    {
        var check = stage.Services.GetRequiredService<CheckPlatform>();
        Assert.Equal("platform.unknown", (await check.RunAsync(stage.District.Id, 4711, Cancellation)).Failures[0].Code);
        var other = await stage.Services.GetRequiredService<AddDistrict>().RunAsync("empty", "Empty", "UTC", null, false, Cancellation);
        Assert.Equal("platform.none", (await check.RunAsync(other.Value.Id, null, Cancellation)).Failures[0].Code);
    }

    [Fact]
    [Trait("Requirement", "L-1.12")]
    [Trait("Requirement", "L-2.1")]
    public async Task Configuration_at_a_private_address_is_not_fetched()
    {
        using var handler = new OutboundGuard(Options.Create(new GatewayOptions())).CreateHandler();
        using var client = new HttpClient(handler, disposeHandler: false);
        var tool = Options.Create(new LtiToolOptions { RedirectUri = new Uri("https://tool.example/lti/launch"), HttpClient = () => client });
        var fetched = await new DynamicRegistration(new LtiHttp(tool, TimeProvider.System))
            .FetchConfigurationAsync($"{stage.LmsUrl}/openid-configuration", "token", [], Cancellation);
        Assert.Equal("lti.registration_configuration_unreachable", fetched.Fault!.Code);
    }
}
