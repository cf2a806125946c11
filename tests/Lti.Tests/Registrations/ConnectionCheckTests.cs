using Lti.Registrations;
using Lti.Security;
using Lti.Tests.Platform;

namespace Lti.Tests.Registrations;

[Trait("Requirement", "L-2.4")]
public sealed class ConnectionCheckTests
{
    [Fact]
    public async Task Platform_that_works_passes_with_counts_and_algorithms()
    {
        await using var scene = await Scene.StartAsync();
        var findings = await RunAsync(scene);
        Assert.Equal(["tls", "authorization", "clock", "keys", "token", "deployment"], findings.Select(finding => finding.Subject));
        Assert.Equal("1 usable keys (RS256).", Find(findings, "keys").WhatIsSo);
        Assert.Equal(ConnectionMark.Passed, Find(findings, "authorization").Mark);
        Assert.Equal(ConnectionMark.Passed, Find(findings, "token").Mark);
        Assert.Equal(ConnectionMark.Passed, Find(findings, "deployment").Mark);
    }

    [Theory]
    [InlineData(0, "lti.check_clock", ConnectionMark.Passed)]
    [InlineData(28, "lti.check_clock", ConnectionMark.Passed)]
    [InlineData(35, "lti.check_clock_off", ConnectionMark.Warning)]
    [InlineData(-45, "lti.check_clock_off", ConnectionMark.Warning)]
    [InlineData(90, "lti.check_clock_wrong", ConnectionMark.Failed)]
    [InlineData(-3600, "lti.check_clock_wrong", ConnectionMark.Failed)]
    public async Task Difference_of_the_clocks_is_measured(int secondsAhead, string code, ConnectionMark mark)
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.Date = scene.Clock.Now.AddSeconds(secondsAhead);
        var finding = Find(await RunAsync(scene), "clock");
        Assert.Equal((code, mark), (finding.Code, finding.Mark));
    }

    [Fact]
    public async Task Answer_out_of_a_cache_says_how_old_it_is()
    {
        await using var scene = await Scene.StartAsync();
        (scene.Platform.Date, scene.Platform.Age) = (scene.Clock.Now.AddMinutes(-10), 600);
        Assert.Equal(ConnectionMark.Passed, Find(await RunAsync(scene), "clock").Mark);
    }

    [Fact]
    public async Task Scope_that_is_not_granted_is_named()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.OnToken = _ => (200, $$"""{"access_token":"t","scope":"{{LtiScopes.LineItem}}"}""");
        var finding = Find(await RunAsync(scene), "token");
        Assert.Equal(("lti.check_scopes_missing", ConnectionMark.Failed), (finding.Code, finding.Mark));
        Assert.Contains(LtiScopes.Score, finding.WhatIsSo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_token_keeps_its_code_and_none_of_the_platforms_words()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.OnToken = _ => (400, """{"error":"invalid_client","error_description":"canary"}""");
        var finding = Find(await RunAsync(scene), "token");
        Assert.Equal("lti.token_invalid_client", finding.Code);
        Assert.DoesNotContain("canary", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_is_asked_for_anew_each_time()
    {
        await using var scene = await Scene.StartAsync();
        await RunAsync(scene);
        await RunAsync(scene);
        Assert.Equal(2, scene.Platform.TokenRequests);
    }

    [Fact]
    public async Task Keys_that_cannot_be_used_are_told_from_keys_that_are_not_there()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.JwksBody = """{"keys":[]}""";
        Assert.Equal("lti.check_keys_none", Find(await RunAsync(scene), "keys").Code);
        scene.Platform.JwksStatus = 500;
        Assert.Equal("lti.keys_unreachable", Find(await RunAsync(scene), "keys").Code);
    }

    [Theory]
    [InlineData(200, ConnectionMark.Passed)]
    [InlineData(400, ConnectionMark.Passed)]
    [InlineData(302, ConnectionMark.Passed)]
    [InlineData(503, ConnectionMark.Failed)]
    public async Task Authorization_endpoint_may_answer_anything_but_a_breakdown(int status, ConnectionMark mark)
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.AuthorizationStatus = status;
        Assert.Equal(mark, Find(await RunAsync(scene), "authorization").Mark);
    }

    [Fact]
    public async Task Platform_that_is_not_there_fails_everywhere_but_its_deployment()
    {
        await using var scene = await Scene.StartAsync();
        await scene.Platform.DisposeAsync();
        var findings = await RunAsync(scene);
        Assert.Equal(["authorization", "keys", "token"], findings.Where(finding => finding.Mark == ConnectionMark.Failed).Select(finding => finding.Subject));
    }

    [Theory]
    [InlineData(true, "lti.check_deployment_unknown", ConnectionMark.Warning)]
    [InlineData(false, "lti.check_deployment_missing", ConnectionMark.Failed)]
    public async Task Missing_deployment_matters_where_none_is_learned(bool learns, string code, ConnectionMark mark)
    {
        await using var scene = await Scene.StartAsync();
        var finding = Find(await RunAsync(scene, registration => registration with { DeploymentIds = [], LearnsDeployments = learns }), "deployment");
        Assert.Equal((code, mark), (finding.Code, finding.Mark));
    }

    private static ConnectionFinding Find(IEnumerable<ConnectionFinding> findings, string subject) => findings.Single(finding => finding.Subject == subject);

    private static Task<IReadOnlyList<ConnectionFinding>> RunAsync(Scene scene, Func<Registration, Registration>? change = null)
    {
        var registration = scene.Registration with { AuthorizationEndpoint = new Uri(scene.Platform.Address, "/authorize") };
        return new ConnectionCheck(scene.Jwks, new FakeToolKeys(), scene.Http, scene.Clock)
            .RunAsync(change?.Invoke(registration) ?? registration, [LtiScopes.Score], Scene.Cancel);
    }
}
