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
