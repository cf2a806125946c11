using Gateway.Launches;
using Lti.Registrations;

namespace Gateway.Tests.Launches;

/// <summary>The way back to the course is an address of the platform that signed it, or none.</summary>
[Trait("Requirement", "T-23")]
public sealed class ReturnAddressTests
{
    [Theory]
    [InlineData("https://lms.school.example", "https://lms.school.example/course/7")]
    [InlineData("https://lms.school.example", "https://sso.school.example/back")]
    [InlineData("https://lms.school.example", "https://sub.lms.school.example/back")]
    [InlineData("https://blackboard.com", "https://oak.blackboard.com/webapps/launch")]
    [InlineData("https://lms.school.example", "https://grades.school.example/back")]
    [InlineData("https://canvas.instructure.com", "https://oak.instructure.com/courses/1/external_content/success/external_tool_redirect")]
    [InlineData("https://schoology.schoology.com", "https://app.schoology.com/course/1")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/course")]
    public void Address_of_the_platform_is_taken(string issuer, string address) => Assert.Equal(address, Of(issuer, address));

    [Theory]
    [InlineData("https://lms.school.example", "https://evil.example/")]
    [InlineData("https://lms.school.example", "https://lms.school.example.evil.example/")]
    [InlineData("https://lms.school.example", "https://school.example/")]
    [InlineData("https://lms.school.example", "https://other.school.example/")]
    [InlineData("https://lms.school.example", "http://sub.lms.school.example/")]
    [InlineData("https://lms.school.example", "http://lms.school.example/course/7")]
    [InlineData("https://lms.school.example", "https://lms.school.example:8443/course/7")]
    [InlineData("https://lms.school.example", "https://lms.school.example@evil.example/")]
    [InlineData("https://lms.school.example", "https://evil.example\\@lms.school.example/")]
    [InlineData("https://lms.school.example", "https://lms.school.example/a b")]
    [InlineData("https://lms.school.example", "https://lms.school.example/\u0001")]
    [InlineData("https://lms.school.example", "https://lms.school.example/?who=jane@oak.example")]
    [InlineData("https://lms.school.example", "https://lms.school.example/?who=jane%40oak.example")]
    [InlineData("https://lms.school.example", "//lms.school.example/course/7")]
    [InlineData("https://lms.school.example", "/course/7")]
    [InlineData("https://lms.school.example", "javascript:alert(1)")]
    [InlineData("https://lms.school.example", "")]
    [InlineData("https://lms.school.example", null)]
    [InlineData("https://canvas.instructure.com", "https://evil-instructure.com/")]
    [InlineData("https://canvas.instructure.com", "https://oak.schoology.com/")]
    [InlineData("https://lms.school.example", "https://oak.instructure.com/")]
    public void Any_other_address_is_dropped(string issuer, string? address) => Assert.Null(Of(issuer, address));

    [Fact]
    public void Address_that_is_too_long_is_dropped() => Assert.Null(Of("https://lms.school.example", $"https://lms.school.example/{new string('a', 1024)}"));

    [Theory]
    [InlineData("https://lms.school.example/mod/lti/return.php?course=7&launch_container=4&instanceid=3&sesskey=secret", "https://lms.school.example/course/view.php?id=7")]
    [InlineData("https://lms.school.example/moodle/mod/lti/return.php?course=7&sesskey=secret", "https://lms.school.example/moodle/course/view.php?id=7")]
    [InlineData("https://lms.school.example/mod/lti/return.php?course=7%2F..&sesskey=secret", null)]
    [InlineData("https://lms.school.example/mod/lti/contentitem_return.php?course=7&sesskey=secret", null)]
    public void Key_of_a_Moodle_session_goes_no_further(string address, string? taken) => Assert.Equal(taken, Of("https://lms.school.example", address));

    private static string? Of(string issuer, string? address) => ReturnAddress.Of(address, new PlatformRegistration(
        new Registration
        {
            Id = "1",
            Issuer = issuer,
            ClientId = "client",
            AuthorizationEndpoint = new Uri("https://sso.school.example/auth"),
            TokenEndpoint = new Uri("https://sso.school.example/token"),
            JwksUri = new Uri("https://sso.school.example/jwks"),
        },
        1, 1, issuer, 2, "other", null, false, "https://grades.school.example"));
}
