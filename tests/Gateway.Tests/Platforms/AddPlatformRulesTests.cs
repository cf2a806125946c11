using Gateway.Platforms;

namespace Gateway.Tests.Platforms;

public sealed class AddPlatformRulesTests
{
    [Theory]
    [Trait("Requirement", "L-2.2")]
    [InlineData(null, "https://canvas.instructure.com", "https://sso.canvaslms.com")]
    [InlineData("production", "https://canvas.instructure.com", "https://sso.canvaslms.com")]
    [InlineData("beta", "https://canvas.beta.instructure.com", "https://sso.beta.canvaslms.com")]
    [InlineData("test", "https://canvas.test.instructure.com", "https://sso.test.canvaslms.com")]
    public void Canvas_is_known_by_its_environment(string? environment, string issuer, string host)
    {
        var endpoints = Check(Canvas() with { Environment = environment });
        Assert.Equal(CanvasAt(issuer, host), endpoints.Value);
        Assert.Equal(endpoints.Value, Check(Canvas() with { Issuer = issuer }).Value);
    }

    [Fact]
    [Trait("Requirement", "L-2.2")]
    public void Self_hosted_Canvas_is_given_by_its_own_issuer_or_by_its_three_addresses()
    {
        Assert.Equal(CanvasAt("https://canvas.school.example", "https://canvas.school.example"), Check(Canvas() with { Issuer = "https://canvas.school.example" }).Value);
        // As it comes without a setting of its own: Instructure's issuer, the school's addresses.
        var usual = Check(Canvas() with { AuthorizationEndpoint = "https://c.example/a", TokenEndpoint = "https://c.example/t", JwksUri = "https://c.example/j" });
        Assert.Equal(new PlatformEndpoints("https://canvas.instructure.com", "https://c.example/a", "https://c.example/t", "https://c.example/j"), usual.Value);
    }

    [Fact]
    [Trait("Requirement", "L-2.3")]
    public void Schoology_and_Moodle_need_no_addresses()
    {
        var schoology = Check(Canvas() with { Kind = "schoology", DeploymentIds = ["1-2"] }).Value;
        Assert.Equal("https://schoology.schoology.com", schoology.Issuer);
        Assert.Equal("https://lti-service.svc.schoology.com/lti-service/access-token", schoology.Token);
        Assert.Equal(
            new PlatformEndpoints(
                "https://school.example/moodle", "https://school.example/moodle/mod/lti/auth.php", "https://school.example/moodle/mod/lti/token.php",
                "https://school.example/moodle/mod/lti/certs.php"),
            Check(Canvas() with { Kind = "moodle", Issuer = "https://school.example/moodle/" }).Value);
    }

    [Fact]
    [Trait("Requirement", "L-2.3")]
    public void Any_kind_takes_all_addresses_as_given()
    {
        foreach (var kind in PlatformKinds.All)
        {
            var endpoints = Check(new(kind.Name, "https://lms.example", "client", ["d"], "https://lms.example/a", "https://lms.example/t", "https://lms.example/j"));
            Assert.Equal(new PlatformEndpoints("https://lms.example", "https://lms.example/a", "https://lms.example/t", "https://lms.example/j"), endpoints.Value);
        }
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        Assert.Equal(
            ["platform.client_id_invalid", "platform.deployment_id_invalid", "platform.environment_not_used", "platform.url_invalid",
             "platform.url_missing", "platform.url_missing", "platform.url_missing"],
            Codes(new("other", null, "", [""], null, "http://lms.example/token", null, "beta")).Order(StringComparer.Ordinal));
        Assert.Equal(["platform.environment_conflict"], Codes(Canvas() with { Environment = "beta", Issuer = "https://canvas.instructure.com" }));
        Assert.Equal(["platform.environment_unknown"], Codes(Canvas() with { Environment = "production2" }));
        Assert.Equal(["platform.urls_incomplete"], Codes(Canvas() with { TokenEndpoint = "https://c.example/t" }));
        Assert.Equal(["platform.kind_unknown"], Codes(new("sakai", "https://a.example", "c", [], "https://a.example/a", "https://a.example/t", "https://a.example/j")));
    }

    [Theory]
    [InlineData("http://lms.example")]
    [InlineData("ftp://lms.example")]
    [InlineData("lms.example")]
    [InlineData("https://user@lms.example")]
    [InlineData("https://lms.example/#a")]
    public void Address_that_is_not_plain_https_is_refused(string issuer) =>
        Assert.Equal(["platform.url_invalid"], Codes(new("other", issuer, "c", [], "https://a.example/a", "https://a.example/t", "https://a.example/j")));

    private static AddPlatformCommand Canvas() => new("canvas", null, "10000000000001", [], null, null, null);

    private static PlatformEndpoints CanvasAt(string issuer, string host) =>
        new(issuer, $"{host}/api/lti/authorize_redirect", $"{host}/login/oauth2/token", $"{host}/api/lti/security/jwks");

    private static Outcome<PlatformEndpoints> Check(AddPlatformCommand command) => AddPlatformRules.Check(command);

    private static IEnumerable<string> Codes(AddPlatformCommand command) => Check(command).Failures.Select(failure => failure.Code);
}
