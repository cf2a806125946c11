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
    [Trait("Requirement", "T-21")]
    [InlineData(0, "lti.check_clock", ConnectionMark.Passed, "that of the gateway")]
    [InlineData(28, "lti.check_clock", ConnectionMark.Passed, "28 seconds behind")]
    [InlineData(35, "lti.check_clock_off", ConnectionMark.Warning, "35 seconds behind")]
    [InlineData(-45, "lti.check_clock_off", ConnectionMark.Warning, "45 seconds ahead of")]
    [InlineData(90, "lti.check_clock_wrong", ConnectionMark.Failed, "90 seconds behind")]
    [InlineData(-3600, "lti.check_clock_wrong", ConnectionMark.Failed, "3600 seconds ahead of")]
    public async Task Difference_of_the_clocks_is_that_of_the_last_launches_and_no_proxys(int secondsBehind, string code, ConnectionMark mark, string words)
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.Date = scene.Clock.Now.AddHours(3);
        var finding = Find(await RunAsync(scene, behind: TimeSpan.FromSeconds(secondsBehind)), "clock");
        Assert.Equal((code, mark), (finding.Code, finding.Mark));
        Assert.Contains(words, finding.WhatIsSo, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Requirement", "T-21")]
    [InlineData("""{"error":"Cannot handle token prior to 2026-11-30T12:00:01+0000"}""", "behind by more than 60 seconds")]
    [InlineData("""{"error":"invalid_client","error_description":"the 'iat' must not be in the future"}""", "behind by more than 60 seconds")]
    [InlineData("""{"error":"Expired token"}""", "ahead by more than 240 seconds")]
    public async Task Token_endpoint_that_speaks_of_the_time_names_the_clock_as_the_fault(string answer, string words)
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.OnToken = _ => (400, answer);
        var findings = await RunAsync(scene);
        Assert.Equal(("lti.check_clock_wrong", ConnectionMark.Failed), (Find(findings, "clock").Code, Find(findings, "clock").Mark));
        Assert.Contains(words, Find(findings, "clock").WhatIsSo, StringComparison.Ordinal);
        Assert.Contains("clock", Find(findings, "token").WhatToDo, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "T-21")]
    public async Task Clock_is_unknown_only_where_neither_a_launch_nor_a_token_tells()
    {
        await using var scene = await Scene.StartAsync();
        Assert.Equal(ConnectionMark.Passed, Find(await RunAsync(scene), "clock").Mark);
        scene.Platform.OnToken = _ => (400, """{"error":"invalid_scope"}""");
        Assert.Equal("lti.check_clock_unknown", Find(await RunAsync(scene), "clock").Code);
    }

    [Fact]
    [Trait("Requirement", "T-21")]
    public async Task Advice_tells_a_missing_service_a_removed_tool_and_one_that_is_switched_off_apart()
    {
        await using var scene = await Scene.StartAsync();
        var advice = new Dictionary<string, string>();
        foreach (var error in new[] { "invalid_scope", "invalid_client", "unauthorized_client", "invalid_request" })
        {
            scene.Platform.OnToken = _ => (400, $$"""{"error":"{{error}}"}""");
            advice[error] = Find(await RunAsync(scene), "token").WhatToDo!;
        }

        Assert.Contains("Assignment and Grade Services", advice["invalid_scope"], StringComparison.Ordinal);
        Assert.Contains("removed", advice["invalid_client"], StringComparison.Ordinal);
        Assert.Contains("Switch the tool", advice["unauthorized_client"], StringComparison.Ordinal);
        Assert.Contains("token endpoint", advice["invalid_request"], StringComparison.Ordinal);
        Assert.Distinct(advice.Values);
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

    private static Task<IReadOnlyList<ConnectionFinding>> RunAsync(Scene scene, Func<Registration, Registration>? change = null, TimeSpan? behind = null)
    {
        var registration = scene.Registration with { AuthorizationEndpoint = new Uri(scene.Platform.Address, "/authorize") };
        return new ConnectionCheck(scene.Jwks, new FakeToolKeys(), scene.Http, scene.Clock)
            .RunAsync(change?.Invoke(registration) ?? registration, [LtiScopes.Score], behind, Scene.Cancel);
    }
}
