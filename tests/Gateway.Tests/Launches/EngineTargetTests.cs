using Gateway.Launches;

namespace Gateway.Tests.Launches;

[Trait("Requirement", "L-1.2")]
public sealed class EngineTargetTests
{
    [Theory]
    [InlineData("/some/activity", "https://engine.example/some/activity")]
    [InlineData("/a?b=c%26d#e", "https://engine.example/a?b=c%26d#e")]
    [InlineData("//evil.example/a", null)]
    [InlineData("/\\evil.example/a", null)]
    [InlineData("https://evil.example/", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("relative", null)]
    [InlineData("", null)]
    [InlineData("/..//evil.example", "https://engine.example//evil.example")]
    public void Path_of_a_link_leads_to_the_engine_and_nowhere_else(string path, string? target) =>
        Assert.Equal(target, EngineTarget.Of("https://engine.example/oidc/login", $"https://gateway.example/lti/launch?path={Uri.EscapeDataString(path)}"));

    [Theory]
    [Trait("Requirement", "T-11")]
    [InlineData("?path=/fractions?level=2&q=3", "/fractions?level=2&q=3")]
    [InlineData("?path=%2Ffractions?level=2&q=3", "/fractions?level=2&q=3")]
    [InlineData("?path=%2Ffractions%3Flevel%3D2%26q%3D3", "/fractions?level=2&q=3")]
    [InlineData("?from=mail&path=/a?b=1&path=/c", "/a?b=1&path=/c")]
    [InlineData("?path=/a?b=x%26y&c=%2B+d", "/a?b=x%26y&c=%2B+d")]
    [InlineData("?path=/a%3Fb=1&c=2", "/a?b=1")]
    [InlineData("?path=/a&c=2?d=3", "/a")]
    public void Page_that_was_pasted_with_its_query_keeps_it(string query, string target) =>
        Assert.Equal("https://engine.example" + target, EngineTarget.Of("https://engine.example/oidc/login", "https://gateway.example/lti/launch" + query));

    [Theory]
    [Trait("Requirement", "T-11")]
    [InlineData("?path=//evil.example/a?b=1&c=2")]
    [InlineData("?path=%2F%2Fevil.example/a?b=1")]
    [InlineData("?path=/%5Cevil.example/a?b=1")]
    [InlineData("?path=/\\evil.example?b=1")]
    [InlineData("?path=https://evil.example/?b=1")]
    [InlineData("?path=%2F%09%2Fevil.example?b=1")]
    [InlineData("?path=.evil.example?b=1")]
    [InlineData("?path=?b=1")]
    public void Page_that_was_pasted_with_its_query_leads_to_no_other_origin(string query)
    {
        var target = EngineTarget.Of("https://engine.example/oidc/login", "https://gateway.example/lti/launch" + query);

        Assert.True(target is null || target.StartsWith("https://engine.example/", StringComparison.Ordinal), target);
    }

    [Theory]
    [InlineData("https://gateway.example/lti/launch")]
    [InlineData("https://gateway.example/lti/launch?path=/a&path=/b")]
    [InlineData("not an address")]
    [InlineData(null)]
    public void Link_without_one_path_leads_to_the_engines_first_page(string? link) => Assert.Null(EngineTarget.Of("https://engine.example/oidc/login", link));

    [Theory]
    [InlineData("https://gateway.example/lti/launch", "/custom", "https://engine.example/custom")]
    [InlineData("https://gateway.example/lti/launch?path=/link", "/custom", "https://engine.example/link")]
    [InlineData("https://gateway.example/lti/launch", "//evil.example/a", null)]
    [InlineData("https://gateway.example/lti/launch", "https://evil.example/", null)]
    public void Custom_parameter_names_the_page_where_the_link_does_not(string link, string custom, string? target) =>
        Assert.Equal(target, EngineTarget.Of("https://engine.example/oidc/login", link, custom));

    [Theory]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    public void Blanks_that_browsers_drop_do_not_make_another_origin(string path)
    {
        var target = EngineTarget.Of("https://engine.example/oidc/login", $"https://gateway.example/lti/launch?path={Uri.EscapeDataString(path)}");

        Assert.True(target is null || target.StartsWith("https://engine.example/", StringComparison.Ordinal));
    }
}
