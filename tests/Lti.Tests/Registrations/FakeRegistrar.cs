using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Lti.Registrations;
using Lti.Security;
using Lti.Tests.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lti.Tests.Registrations;

/// <summary>A platform that tools register with: its configuration and its answer may be bent.</summary>
internal sealed class FakeRegistrar : IAsyncDisposable
{
    public const string Platform = "https://purl.imsglobal.org/spec/lti-platform-configuration";
    public const string Tool = "https://purl.imsglobal.org/spec/lti-tool-configuration";
    private readonly WebApplication app;

    private FakeRegistrar(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    public string ConfigurationUrl => Address + "openid-configuration";

    public JsonObject Configuration { get; private set; } = null!;

    /// <summary>Replaces the configuration's document.</summary>
    public string? ConfigurationBody { get; set; }

    public int ConfigurationStatus { get; set; } = 200;

    public (int Status, string Body) Answer { get; set; } = (200, """{"client_id":"client-7"}""");

    public ConcurrentQueue<string> Authorizations { get; } = new();

    public ConcurrentQueue<JsonNode> Posted { get; } = new();

    public DynamicRegistration Registration { get; } = new(new LtiHttp(
        Microsoft.Extensions.Options.Options.Create(new LtiToolOptions { RedirectUri = new Uri("https://tool.example/lti/launch") }), new FakeClock()));

    public static async Task<FakeRegistrar> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        FakeRegistrar registrar = new(builder.Build());
        registrar.Map();
        await registrar.app.StartAsync();
        registrar.Address = new Uri(registrar.app.Urls.Single());
        var origin = registrar.Address.GetLeftPart(UriPartial.Authority);
        registrar.Configuration = new JsonObject
        {
            ["issuer"] = origin,
            ["authorization_endpoint"] = origin + "/auth",
            ["token_endpoint"] = origin + "/token",
            ["jwks_uri"] = origin + "/jwks",
            ["registration_endpoint"] = origin + "/register",
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["token_endpoint_auth_signing_alg_values_supported"] = new JsonArray("RS256", "ES256"),
            ["scopes_supported"] = new JsonArray("openid", LtiScopes.Score, "https://other.example/scope"),
            [Platform] = new JsonObject
            {
                ["product_family_code"] = "moodle",
                ["messages_supported"] = new JsonArray(new JsonObject { ["type"] = "LtiResourceLinkRequest" }),
            },
        };
        return registrar;
    }

    public Task<RegistrationResult<PlatformConfiguration>> FetchAsync(params PlatformConfigurationHost[] hosts) =>
        Registration.FetchConfigurationAsync(ConfigurationUrl, "token-1", hosts, Scene.Cancel);

    public Task<RegistrationResult<ClientRegistration>> RegisterAsync(ToolRegistration? tool = null) =>
        Registration.RegisterAsync(new Uri(Address, "/register"), tool ?? Plain, "token-1", Scene.Cancel);

    public static ToolRegistration Plain { get; } = new()
    {
        Name = "Tool",
        LoginInitiation = new Uri("https://tool.example/lti/login"),
        RedirectUri = new Uri("https://tool.example/lti/launch"),
        JwksUri = new Uri("https://tool.example/lti/jwks"),
        Scopes = [LtiScopes.Score],
    };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        app.MapGet("/openid-configuration", (HttpContext http) =>
        {
            Authorizations.Enqueue(http.Request.Headers.Authorization.ToString());
            return ConfigurationStatus is 302
                ? Results.Redirect("/elsewhere")
                : Results.Text(ConfigurationBody ?? Configuration.ToJsonString(), "application/json", statusCode: ConfigurationStatus);
        });
        app.MapGet("/elsewhere", () => Results.Text(Configuration.ToJsonString(), "application/json"));
        app.MapPost("/register", async (HttpContext http) =>
        {
            Authorizations.Enqueue(http.Request.Headers.Authorization.ToString());
            Posted.Enqueue((await JsonNode.ParseAsync(http.Request.Body))!);
            return Results.Text(Answer.Body, "text/plain", statusCode: Answer.Status);
        });
    }
}
