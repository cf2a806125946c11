using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Web;
using Lti.Launches;
using Lti.Registrations;
using Lti.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lti.Tests.Launches;

/// <summary>The host of the library's README, over HTTP.</summary>
public sealed class WholeLaunchTests
{
    [Fact]
    public void Readmes_example_is_the_host_that_is_tested_here()
    {
        var source = File.ReadAllLines(Path.Combine(Root(), "tests/Lti.Tests/Launches/ReadmeHost.cs"))
            .SkipWhile(line => !line.EndsWith("// README begins", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.EndsWith("// README ends", StringComparison.Ordinal))
            .Select(line => line.Length == 0 ? line : line[8..]);
        var readme = File.ReadAllLines(Path.Combine(Root(), "src/Lti/README.md"))
            .SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```");
        Assert.Equal(source, readme);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [Trait("Requirement", "L-1.1")]
    public async Task Readmes_host_takes_a_person_from_click_to_target(string method)
    {
        await using var platform = await FakePlatform.StartAsync();
        var address = FreeAddress();
        await using var tool = ReadmeHost.Build([$"--urls={address}", "--Logging:LogLevel:Default=None"], Scene.StateKey, new Uri(address, "/lti/launch"));
        var registrations = (FakeRegistrations)tool.Services.GetRequiredService<IRegistrationStore>();
        await tool.StartAsync(Scene.Cancel);
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

        using var jwks = JsonDocument.Parse(await browser.GetStringAsync("/lti/jwks/one", Scene.Cancel));
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

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gateway.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    private static Uri FreeAddress()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
