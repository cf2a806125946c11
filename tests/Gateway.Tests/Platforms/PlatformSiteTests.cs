using Gateway.Platforms;

namespace Gateway.Tests.Platforms;

[Trait("Requirement", "T-6")]
public sealed class PlatformSiteTests
{
    [Theory]
    [InlineData("https://lms.example.org", "https://lms.example.org/token", "")]
    [InlineData("https://lms.example.org", "https://LMS.example.org:8443/token", "")]
    [InlineData("https://lms.example.org/moodle", "https://auth.lms.example.org/token", "")]
    [InlineData("http://127.0.0.1:5101", "http://127.0.0.1:5102/token", "")]
    [InlineData("https://lms.example.org", "https://example.org/token", "example.org")]
    [InlineData("https://lms.example.org", "https://auth.example.org/token", "auth.example.org")]
    [InlineData("https://lms.example.org", "https://evil-lms.example.org/token", "evil-lms.example.org")]
    [InlineData("https://lms.example.org", "https://lms.example.org.evil.example/token", "lms.example.org.evil.example")]
    [InlineData("https://lms.example.org", "https://sso.canvaslms.com/login/oauth2/token", "sso.canvaslms.com")]
    [InlineData("https://alice.github.io", "https://bob.github.io/token", "bob.github.io")]
    [InlineData("https://alice.github.io", "https://github.io/token", "github.io")]
    [InlineData("https://example", "https://lms.example/token", "lms.example")]
    [InlineData("https://lms.example.org", "http://127.0.0.1:80/token", "127.0.0.1")]
    [InlineData("https://10.0.0.1", "https://1.10.0.0.1.example/token", "1.10.0.0.1.example")]
    [InlineData("https://canvas.instructure.com", "https://sso.canvaslms.com/login/oauth2/token", "")]
    [InlineData("https://canvas.instructure.com", "https://sso.beta.canvaslms.com/login/oauth2/token", "sso.beta.canvaslms.com")]
    [InlineData("https://canvas.instructure.com", "https://sso.canvaslms.com:8443/login/oauth2/token", "sso.canvaslms.com:8443")]
    [InlineData("https://canvas.instructure.com.evil.example", "https://sso.canvaslms.com/login/oauth2/token", "sso.canvaslms.com")]
    [InlineData("https://schoology.schoology.com", "https://lti-service.svc.schoology.com/lti-service/access-token", "")]
    public void Address_is_on_the_issuers_site_or_a_known_vendors_or_has_to_be_confirmed(string issuer, string token, string elsewhere)
    {
        var platform = new PlatformEndpoints(issuer, $"{issuer}/auth", token, $"{issuer}/jwks");
        var kind = PlatformKinds.OfPlatform(issuer, null);
        Assert.Equal(elsewhere, string.Join(", ", PlatformSite.HostsElsewhere(platform, kind)));
        Assert.Empty(PlatformSite.Unconfirmed(platform, kind, [elsewhere]));
        Assert.Equal(elsewhere.Length == 0, PlatformSite.Unconfirmed(platform, kind, ["another.example"]).Count == 0);
    }

    [Theory]
    [InlineData("schoology", null)]
    [InlineData("other", "https://schoology.schoology.com")]
    [InlineData("other", "https://blackboard.com")]
    [Trait("Requirement", "T-7")]
    public void Platform_whose_client_id_serves_all_customers_needs_a_deployment_id(string kind, string? issuer)
    {
        var command = issuer is null
            ? new AddPlatformCommand(kind, null, "client", [], null, null, null)
            : new AddPlatformCommand(kind, issuer, "client", [], $"{issuer}/a", $"{issuer}/t", $"{issuer}/j");
        Assert.Equal(["platform.deployment_id_missing"], AddPlatformRules.Check(command).Failures.Select(failure => failure.Code));
        Assert.True(AddPlatformRules.Check(command with { DeploymentIds = ["1"] }).Succeeded);
    }
}
