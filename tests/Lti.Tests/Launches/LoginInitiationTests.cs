using Lti.Launches;
using Lti.Tests.Platform;

namespace Lti.Tests.Launches;

public sealed class LoginInitiationTests
{
    [Fact]
    [Trait("Requirement", "L-1.1")]
    public async Task Login_redirects_to_the_platform_with_everything_the_specification_asks_for()
    {
        await using var scene = await Scene.StartAsync();
        const string hint = """{"cmid":12,"t":"a+b/c = ü&"}""";
        var begun = await scene.BeginAsync(parameters =>
        {
            parameters["lti_message_hint"] = hint;
            parameters["login_hint"] = "user 7+&";
        });
        Assert.StartsWith("https://lms.example/authorize?site=1&", begun.Redirect.Location, StringComparison.Ordinal);
        Assert.Equal("openid", begun.Parameter("scope"));
        Assert.Equal("id_token", begun.Parameter("response_type"));
        Assert.Equal("form_post", begun.Parameter("response_mode"));
        Assert.Equal("none", begun.Parameter("prompt"));
        Assert.Equal(Scene.ClientId, begun.Parameter("client_id"));
        Assert.Equal("https://tool.example/lti/launch", begun.Parameter("redirect_uri"));
        Assert.Equal("user 7+&", begun.Parameter("login_hint"));
        Assert.Equal(hint, begun.Parameter("lti_message_hint"));
        Assert.Equal(22, begun.Nonce.Length);
        Assert.Equal(43, begun.Redirect.BindingValue.Length);
        Assert.StartsWith("__Host-lti-", begun.Redirect.BindingName, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(10), begun.Redirect.BindingLifetime);
        Assert.DoesNotContain("client-1", begun.State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_logins_share_neither_nonce_nor_binding_nor_its_name()
    {
        await using var scene = await Scene.StartAsync();
        var (one, other) = (await scene.BeginAsync(), await scene.BeginAsync());
        Assert.NotEqual(one.Nonce, other.Nonce);
        Assert.NotEqual(one.Redirect.BindingName, other.Redirect.BindingName);
        Assert.NotEqual(one.Redirect.BindingValue, other.Redirect.BindingValue);
        (await scene.LaunchAsync(other, other.Sign())).Accepted();
        (await scene.LaunchAsync(one, one.Sign())).Accepted();
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("login_hint")]
    public async Task Login_without_a_required_parameter_is_refused(string name) =>
        Assert.Equal("lti.login_malformed", await RefusedAsync(parameters => parameters.Remove(name)));

    [Fact]
    public async Task Login_with_an_endless_parameter_is_refused() =>
        Assert.Equal("lti.login_malformed", await RefusedAsync(parameters => parameters["lti_message_hint"] = new string('h', 9000)));

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("https://tool.example.evil.example/")]
    [InlineData("https://tool.example@evil.example/")]
    [InlineData("https://@tool.example/")]
    [InlineData("https://user@tool.example/")]
    [InlineData("http://tool.example/")]
    [InlineData("https://tool.example:8443/")]
    [InlineData("//tool.example/")]
    [InlineData("/lti/open")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://tool.example\\@evil.example/")]
    [InlineData("https://tool.example\\open")]
    [InlineData("https://tool.example/a b")]
    [InlineData("https://tool.example/\r\nSet-Cookie: a=b")]
    [Trait("Requirement", "L-1.2")]
    public async Task Target_outside_the_tool_is_refused(string target) =>
        Assert.Equal("lti.target_not_ours", await RefusedAsync(parameters => parameters["target_link_uri"] = target));

    [Theory]
    [InlineData("https://tool.example/lti", true)]
    [InlineData("https://tool.example/lti/unit/3", true)]
    [InlineData("https://TOOL.example:443/lti?x=1", true)]
    [InlineData("https://tool.example/ltix", false)]
    [InlineData("https://tool.example/lti/../admin", false)]
    [InlineData("https://tool.example/lti/%2e%2e/admin", false)]
    [InlineData("https://tool.example/", false)]
    [Trait("Requirement", "L-1.2")]
    public async Task Target_must_lie_under_an_allowed_path(string target, bool isOurs)
    {
        await using var scene = await Scene.StartAsync(options => options.AllowedTargets.Add(new Uri("https://tool.example/lti")));
        var outcome = await scene.Login.StartAsync(
            new LoginRequest { Issuer = Scene.Issuer, LoginHint = "h", TargetLinkUri = target }, Scene.Cancel);
        if (isOurs) Assert.IsType<LoginRedirect>(outcome);
        else Assert.Equal(LaunchRefusal.TargetNotOurs, Assert.IsType<LoginRefused>(outcome).Refusal);
    }

    [Theory]
    [InlineData("https://other.example", Scene.ClientId, null, "lti.registration_unknown")]
    [InlineData(Scene.Issuer, "client-9", null, "lti.registration_unknown")]
    [InlineData(Scene.Issuer, null, null, "lti.registration_ambiguous")]
    [InlineData(Scene.Issuer, null, "deployment-9", "lti.registration_ambiguous")]
    [InlineData(Scene.Issuer, null, "deployment-2", "client-2")]
    [InlineData(Scene.Issuer, Scene.ClientId, null, Scene.ClientId)]
    [InlineData(Scene.Issuer, "client-2", null, "client-2")]
    [Trait("Requirement", "L-1.1")]
    public async Task Registrations_under_one_issuer_are_told_apart_or_refused(string issuer, string? client, string? deployment, string expected)
    {
        await using var scene = await Scene.StartAsync();
        scene.Store.Add(scene.Registration with { Id = "r2", ClientId = "client-2", DeploymentIds = ["deployment-2"] });
        var outcome = await scene.Login.StartAsync(
            new LoginRequest { Issuer = issuer, LoginHint = "h", TargetLinkUri = Scene.Target, ClientId = client, DeploymentId = deployment },
            Scene.Cancel);
        Assert.Equal(expected, outcome is LoginRefused refused ? refused.Refusal.Code : ((LoginRedirect)outcome).Registration.ClientId);
    }

    [Theory]
    [InlineData("lti_deployment_id")]
    [InlineData("deployment_id")]
    public void Deployment_is_read_under_both_names(string name) =>
        Assert.Equal("d", LoginRequest.From(asked => asked == name ? "d" : null).DeploymentId);

    private static async Task<string> RefusedAsync(Action<Dictionary<string, string?>> change)
    {
        await using var scene = await Scene.StartAsync();
        Dictionary<string, string?> parameters = new(StringComparer.Ordinal)
        {
            ["iss"] = Scene.Issuer,
            ["login_hint"] = "h",
            ["target_link_uri"] = Scene.Target,
        };
        change(parameters);
        var outcome = await scene.Login.StartAsync(LoginRequest.From(name => parameters.GetValueOrDefault(name)), Scene.Cancel);
        return Assert.IsType<LoginRefused>(outcome).Refusal.Code;
    }
}
