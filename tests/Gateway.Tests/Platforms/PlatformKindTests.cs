using System.Text.RegularExpressions;
using Gateway.Platforms;
using Gateway.Tests.House;

namespace Gateway.Tests.Platforms;

[Trait("Requirement", "T-8")]
public sealed partial class PlatformKindTests
{
    [Fact]
    public void Brightspace_site_has_its_own_addresses_and_the_vendors_token_endpoint_and_audience()
    {
        var site = AddPlatformRules.Check(new("brightspace", "https://school.brightspace.com/", "client", [], null, null, null)).Value;
        Assert.Equal("https://api.brightspace.com/auth/token", site.TokenAudience);
        Assert.Equal(
            new PlatformEndpoints(
                "https://school.brightspace.com", "https://school.brightspace.com/d2l/lti/authenticate", "https://auth.brightspace.com/core/connect/token",
                "https://school.brightspace.com/d2l/.well-known/jwks"),
            site with { TokenAudience = null });
    }

    [Fact]
    public void Vendors_audience_is_not_for_a_token_endpoint_of_somebody_else()
    {
        AddPlatformCommand elsewhere = new("brightspace", "https://lms.example", "client", [], "https://lms.example/a", "https://lms.example/t", "https://lms.example/j");
        Assert.Null(AddPlatformRules.Check(elsewhere).Value.TokenAudience);
        Assert.Equal(["platform.token_audience_of_another"], Codes(elsewhere with { TokenAudience = "https://api.brightspace.com/auth/token" }));
        Assert.Equal(["platform.token_audience_of_another"], Codes(elsewhere with { Kind = "other", TokenAudience = "https://sso.canvaslms.com/login/oauth2/token" }));
        // Hosts are the same in capitals.
        Assert.Equal(["platform.token_audience_of_another"], Codes(elsewhere with { Kind = "other", TokenAudience = "https://API.Brightspace.com/x" }));
    }

    [Fact]
    public void Audience_is_taken_where_the_kind_has_none_of_its_own_and_is_one_word()
    {
        AddPlatformCommand other = new("other", "https://lms.example", "client", [], "https://lms.example/a", "https://lms.example/t", "https://lms.example/j");
        Assert.Equal("https://auth.lms.example", AddPlatformRules.Check(other with { TokenAudience = "https://auth.lms.example" }).Value.TokenAudience);
        Assert.Null(AddPlatformRules.Check(other with { TokenAudience = "https://lms.example/t" }).Value.TokenAudience);
        Assert.Equal(["platform.token_audience_invalid"], Codes(other with { TokenAudience = "two words" }));
        Assert.Equal(["platform.token_audience_invalid"], Codes(other with { TokenAudience = "" }));
        Assert.Equal(["platform.token_audience_not_used"], Codes(new("moodle", "https://lms.example", "client", [], null, null, null, TokenAudience: "https://auth.lms.example")));
    }

    [Fact]
    public void Blackboard_is_one_issuer_with_a_key_set_for_each_client_and_needs_a_deployment()
    {
        AddPlatformCommand blackboard = new("blackboard", null, "f04650b3-0000-4000-8000-000000000001", ["d"], null, null, null);
        Assert.Equal(
            new PlatformEndpoints(
                "https://blackboard.com", "https://developer.blackboard.com/api/v1/gateway/oidcauth", "https://developer.blackboard.com/api/v1/gateway/oauth2/jwttoken",
                "https://developer.blackboard.com/api/v1/management/applications/f04650b3-0000-4000-8000-000000000001/jwks.json"),
            AddPlatformRules.Check(blackboard).Value);
        Assert.Equal(["platform.deployment_id_missing"], Codes(blackboard with { DeploymentIds = [] }));
        Assert.Equal(["platform.deployment_id_missing"], Codes(blackboard with { Kind = "schoology", DeploymentIds = [] }));
    }

    [Theory]
    [InlineData("https://canvas.instructure.com", "moodle", "canvas")]
    [InlineData("https://blackboard.com", "BlackboardLearn", "blackboard")]
    [InlineData("https://blackboard.com", null, "blackboard")]
    [InlineData("https://school.example", "Moodle", "moodle")]
    [InlineData("https://school.brightspace.com", "desire2learn", "brightspace")]
    [InlineData("https://school.example", "something new", "other")]
    [InlineData("https://school.example", null, "other")]
    public void Kind_follows_the_vendors_issuer_before_what_a_platform_says_of_itself(string issuer, string? productFamily, string kind) =>
        Assert.Equal(kind, PlatformKinds.OfPlatform(issuer, productFamily).Name);

    [Fact]
    public void Administrator_of_a_kind_is_told_what_this_kind_needs_and_of_no_other()
    {
        foreach (var kind in PlatformKinds.All)
        {
            string[] words = [kind.AfterRegistration, kind.OnIssuerMismatch];
            foreach (var other in PlatformKinds.All.Where(other => other != kind && other != PlatformKinds.Other))
                Assert.DoesNotContain(words, text => text.Contains(other.Title, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_differs_from_kind_to_kind_stands_in_the_kinds_alone() => Expect.Nothing(
        Repository.Files("*.cs", "src").Where(file => !file.StartsWith("src/Gateway/Platforms/Kinds/", StringComparison.Ordinal) && KindName().IsMatch(Repository.Read(file))));

    private static IEnumerable<string> Codes(AddPlatformCommand command) => AddPlatformRules.Check(command).Failures.Select(failure => failure.Code);

    [GeneratedRegex("\"(canvas|schoology|moodle|brightspace|blackboard)\"")]
    private static partial Regex KindName();
}
