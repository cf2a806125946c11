using System.Net;
using System.Text.Json;
using System.Web;
using Lti.Launches;
using Lti.Messages;
using Lti.Registrations;
using Lti.Security;
using Lti.Tests.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lti.Tests.Launches;

/// <summary>The host of the library's README, over HTTP.</summary>
public sealed class WholeLaunchTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [Trait("Requirement", "L-1.1")]
    public async Task Readmes_host_takes_a_person_from_click_to_target(string method)
    {
        await using var platform = await FakePlatform.StartAsync();
        FakeRegistrations registrations = [];
        await using var tool = await StartToolAsync(registrations);
        var address = new Uri(tool.Urls.Single());
        registrations.Add(new Registration
        {
            Id = "r1",
            Issuer = Scene.Issuer,
            ClientId = Scene.ClientId,
            AuthorizationEndpoint = new Uri("https://lms.example/authorize"),
            TokenEndpoint = platform.TokenEndpoint,
            JwksUri = platform.JwksUri,
            DeploymentIds = [Scene.DeploymentId],
        });
        using HttpClient browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
        var target = new Uri(address, "/open").AbsoluteUri;

        using var login = await LoginAsync(browser, method, new() { ["iss"] = Scene.Issuer, ["login_hint"] = "h", ["target_link_uri"] = target });
        Assert.Equal(HttpStatusCode.Redirect, login.StatusCode);
        var asked = HttpUtility.ParseQueryString(login.Headers.Location!.Query);
        var cookie = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.EndsWith("; Path=/; Secure; HttpOnly; SameSite=None; Partitioned; Max-Age=600", cookie, StringComparison.Ordinal);

        var claims = Claims.ResourceLinkRequest(asked["nonce"]!, TimeProvider.System.GetUtcNow());
        claims[Claims.TargetLinkUri] = target;
        using var launch = await LaunchAsync(browser, Begun.Sign(claims.ToJsonString()), asked["state"]!, cookie.Split(';')[0]);
        Assert.Equal(HttpStatusCode.Redirect, launch.StatusCode);
        Assert.Equal(target, launch.Headers.Location!.AbsoluteUri);

        using var again = await LaunchAsync(browser, Begun.Sign(claims.ToJsonString()), asked["state"]!, cookie.Split(';')[0]);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Equal(LaunchRefusal.NonceReplayed.WhatToDo, await again.Content.ReadAsStringAsync(Scene.Cancel));

        using var jwks = JsonDocument.Parse(await browser.GetStringAsync("/lti/jwks", Scene.Cancel));
        Assert.Equal(1, jwks.RootElement.GetProperty("keys").GetArrayLength());
    }

    private static Task<HttpResponseMessage> LoginAsync(HttpClient browser, string method, Dictionary<string, string> parameters)
    {
        var query = string.Join('&', parameters.Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value)}"));
        return method == "GET"
            ? browser.GetAsync("/lti/login?" + query, Scene.Cancel)
            : browser.PostAsync("/lti/login", new FormUrlEncodedContent(parameters), Scene.Cancel);
    }

    private static async Task<HttpResponseMessage> LaunchAsync(HttpClient browser, string token, string state, string cookie)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/lti/launch")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["id_token"] = token, ["state"] = state }),
        };
        request.Headers.Add("Cookie", cookie);
        return await browser.SendAsync(request, Scene.Cancel);
    }

    private static async Task<WebApplication> StartToolAsync(FakeRegistrations registrations)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication? app = null;
        builder.Services.AddSingleton<IRegistrationStore>(registrations);
        builder.Services.AddSingleton<INonceStore, InMemoryNonceStore>();
        builder.Services.AddScoped<IToolKeyStore, FakeToolKeys>();
        builder.Services.AddSingleton<IStateProtector>(new AesGcmStateProtector(Scene.StateKey));
        builder.Services.AddLti(
            new ClaimAllowList(LaunchClaim.Subject, LaunchClaim.Roles, LaunchClaim.ResourceLinkId, LaunchClaim.GradeService),
            // The address is known once the server listens; options are made at the first login.
            tool => tool.RedirectUri = app!.Urls.FirstOrDefault() is { } url && !url.EndsWith(":0", StringComparison.Ordinal)
                ? new Uri(url + "/lti/launch")
                : new Uri("http://127.0.0.1/lti/launch"));
        app = builder.Build();
        app.MapMethods("/lti/login", ["GET", "POST"], async (HttpContext http, LoginInitiation login, CancellationToken ct) =>
        {
            var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(ct) : null;
            var outcome = await login.StartAsync(LoginRequest.From(name => form is null ? http.Request.Query[name] : form[name]), ct);
            if (outcome is not LoginRedirect go) return Results.Text(((LoginRefused)outcome).Refusal.WhatToDo, statusCode: 400);
            http.Response.Headers.Append("Set-Cookie", $"{go.BindingName}={go.BindingValue}; Path=/; Secure; HttpOnly; " +
                $"SameSite=None; Partitioned; Max-Age={(int)go.BindingLifetime.TotalSeconds}");
            return Results.Redirect(go.Location);
        });
        app.MapPost("/lti/launch", async (HttpContext http, LaunchVerifier verifier, CancellationToken ct) =>
        {
            var form = await http.Request.ReadFormAsync(ct);
            var outcome = await verifier.VerifyAsync(new LaunchRequest
            {
                IdToken = form["id_token"].ToString().AsMemory(),
                State = form["state"],
                Error = form["error"],
                ReadBinding = name => http.Request.Cookies[name],
            }, ct);
            return outcome is LaunchAccepted<LaunchMessage> launch
                ? Results.Redirect(launch.Message.TargetLinkUri ?? "/")
                : Results.Text(((LaunchRefused<LaunchMessage>)outcome).Refusal.WhatToDo, statusCode: 400);
        });
        app.MapGet("/lti/jwks", async (IToolKeyStore keys, CancellationToken ct) =>
            Results.Bytes(ToolJwks.Write(await keys.GetPublicKeysAsync(ct)), ToolJwks.ContentType));
        await app.StartAsync();
        return app;
    }
}
