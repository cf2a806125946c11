using System.Text.Json.Nodes;
using Lti.Registrations;
using Lti.Security;

namespace Lti.Tests.Registrations;

[Trait("Requirement", "L-2.1")]
public sealed class PlatformConfigurationTests
{
    [Fact]
    public async Task Configuration_is_fetched_with_the_token_and_read()
    {
        await using var platform = await FakeRegistrar.StartAsync();
        var found = (await platform.FetchAsync()).Value!;

        Assert.Equal("Bearer token-1", Assert.Single(platform.Authorizations));
        Assert.Equal(platform.Address.GetLeftPart(UriPartial.Authority), found.Issuer);
        Assert.Equal(new Uri(platform.Address, "/auth"), found.AuthorizationEndpoint);
        Assert.Equal(new Uri(platform.Address, "/token"), found.TokenEndpoint);
        Assert.Equal(new Uri(platform.Address, "/jwks"), found.JwksUri);
        Assert.Equal(new Uri(platform.Address, "/register"), found.RegistrationEndpoint);
        Assert.Equal("moodle", found.ProductFamily);
        Assert.Equal([LtiScopes.Score], found.Scopes);
        Assert.DoesNotContain("moodle", found.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("issuer")]
    [InlineData("authorization_endpoint")]
    [InlineData("token_endpoint")]
    [InlineData("jwks_uri")]
    [InlineData("registration_endpoint")]
    [InlineData(FakeRegistrar.Platform)]
    public Task Configuration_that_lacks_something_is_refused(string name) =>
        RefusesAsync(RegistrationFault.ConfigurationIncomplete, configuration => configuration.Remove(name));

    [Theory]
    [InlineData("https://lms.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://localhost")]
    [InlineData("not an address")]
    public Task Issuer_of_another_origin_is_refused(string issuer) =>
        RefusesAsync(RegistrationFault.IssuerMismatch, configuration => configuration["issuer"] = issuer);

    [Fact]
    [Trait("Requirement", "T-8")]
    public async Task Refused_issuer_is_told_with_the_product_for_words_alone()
    {
        await using var platform = await FakeRegistrar.StartAsync();
        platform.Configuration["issuer"] = "https://blackboard.com";
        var refused = await platform.FetchAsync();
        Assert.Equal(("https://blackboard.com", "moodle"), (refused.Claim!.Issuer, refused.Claim.ProductFamily));
        Assert.DoesNotContain("blackboard", refused.Claim.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Canvas", refused.Fault!.WhatToDo, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "T-8")]
    public async Task Authorization_server_is_read_and_must_be_text()
    {
        await using var platform = await FakeRegistrar.StartAsync();
        Assert.Null((await platform.FetchAsync()).Value!.AuthorizationServer);
        platform.Configuration["authorization_server"] = "https://auth.lms.example";
        var found = (await platform.FetchAsync()).Value!;
        Assert.Equal(("https://auth.lms.example", platform.Address.Authority), (found.AuthorizationServer, found.PublishedBy));
        platform.Configuration["authorization_server"] = 7;
        Assert.Equal(RegistrationFault.ConfigurationMalformed, (await platform.FetchAsync()).Fault);
    }

    [Theory]
    [InlineData("http://lms.example/auth")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user@lms.example/auth")]
    [InlineData("/auth")]
    public Task Endpoint_that_is_not_https_is_refused(string address) =>
        RefusesAsync(RegistrationFault.EndpointInsecure, configuration => configuration["jwks_uri"] = address);

    [Fact]
    public Task Endpoint_that_is_too_long_is_refused() =>
        RefusesAsync(RegistrationFault.EndpointInsecure, configuration => configuration["jwks_uri"] = "https://lms.example/" + new string('a', 1024));

    [Fact]
    public Task Platform_without_RS256_is_refused() =>
        RefusesAsync(RegistrationFault.AlgorithmMissing, configuration => configuration["id_token_signing_alg_values_supported"] = new JsonArray("HS256"));

    [Fact]
    public Task Platform_that_opens_no_links_is_refused() =>
        RefusesAsync(RegistrationFault.MessagesUnsupported, configuration => configuration[FakeRegistrar.Platform]!["messages_supported"] = new JsonArray("LtiDeepLinkingRequest"));

    [Fact]
    public async Task Messages_may_be_bare_names_as_Moodle_writes_them()
    {
        await using var platform = await FakeRegistrar.StartAsync();
        platform.Configuration[FakeRegistrar.Platform]!["messages_supported"] = new JsonArray("LtiResourceLinkRequest", "LtiDeepLinkingRequest");
        Assert.NotNull((await platform.FetchAsync()).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("{\"issuer\":\"a\",\"issuer\":\"b\"}")]
    [InlineData("{\"issuer\":\"a\"} x")]
    [InlineData("{\"a\":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}")]
    public async Task Document_that_is_not_one_clean_object_is_refused(string body)
    {
        await using var platform = await FakeRegistrar.StartAsync();
        platform.ConfigurationBody = body;
        Assert.Equal(RegistrationFault.ConfigurationMalformed, (await platform.FetchAsync()).Fault);
    }

    [Fact]
    public Task Document_that_is_too_long_is_refused() =>
        RefusesAsync(RegistrationFault.ConfigurationMalformed, configuration => configuration["padding"] = new string('a', 300 * 1024));

    [Theory]
    [InlineData(302)]
    [InlineData(401)]
    [InlineData(500)]
    public async Task Platform_that_does_not_hand_it_out_is_not_followed(int status)
    {
        await using var platform = await FakeRegistrar.StartAsync();
        platform.ConfigurationStatus = status;
        Assert.Equal(RegistrationFault.ConfigurationRefused, (await platform.FetchAsync()).Fault);
    }

    [Theory]
    [InlineData(null, "token")]
    [InlineData("", "token")]
    [InlineData("ftp://lms.example/openid-configuration", "token")]
    [InlineData("http://lms.example/openid-configuration", "token")]
    [InlineData("https://lms.example/openid-configuration", "a token\r\nHost: b")]
    public async Task Address_or_token_that_cannot_be_one_is_not_asked(string? address, string token)
    {
        await using var platform = await FakeRegistrar.StartAsync();
        Assert.Equal(RegistrationFault.AddressInvalid, (await platform.Registration.FetchConfigurationAsync(address, token, [], Platform.Scene.Cancel)).Fault);
    }

    [Theory]
    [InlineData("https://sso.canvaslms.com/api/lti/security/openid-configuration", true)]
    [InlineData("https://canvas.instructure.com/api/lti/security/openid-configuration", true)]
    [InlineData("https://sso.canvaslms.com:8443/api/lti/security/openid-configuration", false)]
    [InlineData("https://canvas.school.example/api/lti/security/openid-configuration", false)]
    public void Canvas_may_publish_for_its_issuer_at_the_one_other_host(string source, bool accepted)
    {
        JsonObject document = new()
        {
            ["issuer"] = "https://canvas.instructure.com",
            ["authorization_endpoint"] = "https://sso.canvaslms.com/api/lti/authorize_redirect",
            ["token_endpoint"] = "https://sso.canvaslms.com/login/oauth2/token",
            ["jwks_uri"] = "https://sso.canvaslms.com/api/lti/security/jwks",
            ["registration_endpoint"] = "https://sso.canvaslms.com/api/lti/registrations",
            [FakeRegistrar.Platform] = new JsonObject { ["product_family_code"] = "canvas" },
        };
        var result = PlatformConfigurationReader.Read(
            System.Text.Encoding.UTF8.GetBytes(document.ToJsonString()), new Uri(source),
            [new PlatformConfigurationHost("https://canvas.instructure.com", "sso.canvaslms.com")]);
        Assert.Equal(accepted ? null : RegistrationFault.IssuerMismatch, result.Fault);
    }

    private static async Task RefusesAsync(RegistrationFault fault, Action<JsonObject> change)
    {
        await using var platform = await FakeRegistrar.StartAsync();
        change(platform.Configuration);
        var result = await platform.FetchAsync();
        Assert.Equal(fault, result.Fault);
        Assert.Null(result.Value);
    }
}
