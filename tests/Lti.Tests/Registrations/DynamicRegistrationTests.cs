using System.Text;
using Lti.Registrations;
using Lti.Security;

namespace Lti.Tests.Registrations;

[Trait("Requirement", "L-2.1")]
public sealed class DynamicRegistrationTests
{
    [Fact]
    public async Task Registration_is_posted_with_the_token_and_says_what_the_tool_is()
    {
        await using var platform = await FakeRegistrar.StartAsync();
        var tool = FakeRegistrar.Plain with
        {
            Description = "One \"sentence\".",
            CustomParameters = new Dictionary<string, string> { ["person_sourcedid"] = "$Person.sourcedId" },
            Placements = ["course_navigation"],
            Extensions = new Dictionary<string, string> { ["https://canvas.instructure.com/lti/privacy_level"] = "anonymous" },
        };
        var registered = (await platform.RegisterAsync(tool)).Value!;

        Assert.Equal(("client-7", null), (registered.ClientId, registered.DeploymentId));
        Assert.Null(registered.Scopes);
        Assert.Equal("Bearer token-1", Assert.Single(platform.Authorizations));
        var posted = Assert.Single(platform.Posted);
        Assert.Equal("web", (string?)posted["application_type"]);
        Assert.Equal("id_token", (string?)posted["response_types"]![0]);
        Assert.Equal("private_key_jwt", (string?)posted["token_endpoint_auth_method"]);
        Assert.Equal(["client_credentials", "implicit"], posted["grant_types"]!.AsArray().Select(one => (string?)one));
        Assert.Equal("https://tool.example/lti/login", (string?)posted["initiate_login_uri"]);
        Assert.Equal("https://tool.example/lti/launch", (string?)posted["redirect_uris"]![0]);
        Assert.Equal(LtiScopes.Score, (string?)posted["scope"]);
        var configuration = posted[FakeRegistrar.Tool]!;
        Assert.Equal("tool.example", (string?)configuration["domain"]);
        Assert.Equal("$Person.sourcedId", (string?)configuration["custom_parameters"]!["person_sourcedid"]);
        Assert.Equal("course_navigation", (string?)configuration["messages"]![0]!["placements"]![0]);
        Assert.Equal("anonymous", (string?)configuration["https://canvas.instructure.com/lti/privacy_level"]);
    }

    [Fact]
    public async Task Deployment_and_scopes_of_the_answer_are_read()
    {
        await using var platform = await FakeRegistrar.StartAsync();
        platform.Answer = (201, $$$"""{"client_id":"c","scope":"a b","{{{FakeRegistrar.Tool}}}":{"deployment_id":"9"}}""");
        var registered = (await platform.RegisterAsync()).Value!;
        Assert.Equal("9", registered.DeploymentId);
        Assert.Equal(["a", "b"], registered.Scopes!.Order(StringComparer.Ordinal));
        Assert.Equal(nameof(ClientRegistration), registered.ToString());
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_client_metadata","error_description":"no"}""", "lti.registration_refused", "no: invalid_client_metadata")]
    [InlineData(401, """{"errorMessage":"JWT did not include expected contents"}""", "lti.registration_refused", "JWT did not include expected contents")]
    [InlineData(400, """{"errors":[{"message":"first"},"second"]}""", "lti.registration_refused", "first: second")]
    [InlineData(400, "missing required attribute domain", "lti.registration_refused", "missing required attribute domain")]
    [InlineData(403, "<html><head><title>T</title></head><script>let a;</script><p>Not &amp;\n now</p>", "lti.registration_refused", "Not & now")]
    [InlineData(403, "", "lti.registration_refused", null)]
    [InlineData(302, "", "lti.registration_refused", null)]
    [InlineData(500, "{}", "lti.registration_failed", null)]
    [InlineData(503, "down", "lti.registration_failed", "down")]
    [InlineData(200, "<p>Fine</p>", "lti.registration_answer_malformed", "Fine")]
    [InlineData(200, "{}", "lti.registration_answer_malformed", null)]
    [InlineData(200, """{"client_id":7}""", "lti.registration_answer_malformed", null)]
    [InlineData(200, """{"client_id":""}""", "lti.registration_answer_malformed", null)]
    public async Task Refusal_has_a_code_and_the_platforms_words_as_plain_text(int status, string body, string code, string? words)
    {
        await using var platform = await FakeRegistrar.StartAsync();
        platform.Answer = (status, body);
        var result = await platform.RegisterAsync();
        Assert.Equal((code, words), (result.Fault!.Code, result.PlatformWords));
        Assert.Null(result.Value);
    }

    [Fact]
    public async Task Answer_that_is_too_long_is_no_registration()
    {
        await using var platform = await FakeRegistrar.StartAsync();
        platform.Answer = (200, """{"client_id":"c","padding":" """ + new string('a', 300 * 1024) + "\"}");
        Assert.Equal(RegistrationFault.AnswerMalformed, (await platform.RegisterAsync()).Fault);
    }

    [Fact]
    public async Task Platform_that_is_not_there_is_a_value()
    {
        var platform = await FakeRegistrar.StartAsync();
        await platform.DisposeAsync();
        Assert.Equal(RegistrationFault.Unreachable, (await platform.RegisterAsync()).Fault);
        Assert.Equal(RegistrationFault.ConfigurationUnreachable, (await platform.FetchAsync()).Fault);
    }

    [Fact]
    public void Words_are_one_short_line_without_characters_that_turn_the_page_around()
    {
        var words = PlatformWords.Read(Encoding.UTF8.GetBytes("a\u202Eb\u0000c\r\n\r\n  d " + new string('x', 1000)))!;
        Assert.StartsWith("a b c d xxx", words, StringComparison.Ordinal);
        Assert.Equal(401, words.Length);
        Assert.Null(PlatformWords.Read(Encoding.UTF8.GetBytes(" \n ")));
        // Cut-off bytes are not the platform's fault.
        Assert.NotNull(PlatformWords.Read(new byte[] { 0x61, 0xE2, 0x82 }));
    }

    [Fact]
    public void Fault_codes_are_unique_and_their_words_are_whole()
    {
        Assert.Equal(RegistrationFault.Catalogue.Count, RegistrationFault.Catalogue.Select(fault => fault.Code).Distinct().Count());
        Assert.All(RegistrationFault.Catalogue, fault =>
        {
            Assert.Matches("^lti\\.registration_[a-z0-9_]+$", fault.Code);
            Assert.EndsWith(".", fault.WhatHappened, StringComparison.Ordinal);
            Assert.EndsWith(".", fault.WhatToDo, StringComparison.Ordinal);
        });
    }
}
