using System.Net;
using System.Net.Http.Headers;
using Gateway.Hosting;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Identity;

/// <summary>
/// Engines that are switched off, lose a credential or are removed, by an operator's command beside two replicas of the gateway that serve.
/// Nobody tells the replicas; they find out by themselves within a minute.
/// </summary>
[Trait("Requirement", "T-18")]
public sealed class SuspendedEngineTests(StageFixture fixture) : IClassFixture<StageFixture>, IAsyncLifetime
{
    // Codes and sign-in tickets live for a minute: they must be refused for the engine, not for their age.
    private static readonly TimeSpan NoticedBy = TimeSpan.FromSeconds(31);

    private readonly TestStage stage = fixture.Stage;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly string secondUrl = Loopback.FreeUrl();
    private GatewayServer second = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string[] Replicas => [stage.GatewayUrl, secondUrl];

    public async ValueTask InitializeAsync()
    {
        var started = await GatewayServer.StartAsync(builder =>
        {
            builder.Configuration.AddInMemoryCollection(stage.Settings()).AddInMemoryCollection([new("urls", secondUrl)]);
            builder.Services.AddSingleton<TimeProvider>(stage.Clock);
            builder.Logging.ClearProviders();
        }, Cancellation);
        second = started.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await second.Application.StopAsync(Cancellation);
        await second.DisposeAsync();
        http.Dispose();
    }

    [Fact]
    public async Task Suspended_engine_gets_no_launch_code_token_or_page_of_the_api_from_any_replica_and_all_of_it_again_when_it_is_resumed()
    {
        var (api, signIn) = (await ApiTokenAsync(), await SignInTokenAsync());
        using var visitor = await Visitor.SignInAsync(stage, "student-1");
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], await ApiAsync(api));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], await UserInfoAsync(signIn));

        await RunAsync("client", "suspend", TestStage.EngineId);
        stage.Clock.Advance(NoticedBy);

        var launch = await visitor.SendAsync(await visitor.PrepareAsync());
        Assert.Equal((null, "launch.engine_unavailable"), (launch.Location, launch.PageCode));
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], await ApiAsync(api));
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], await UserInfoAsync(signIn));
        foreach (var replica in Replicas)
        {
            Assert.Equal((HttpStatusCode.BadRequest, "unauthorized_client"), await TokenAsync(replica, TestStage.EngineSecret));
            Assert.Contains("identity.engine_suspended", await AuthorizeAsync(replica), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Unauthorized, await ScoreAsync(replica, api));
        }

        await RunAsync("client", "resume", TestStage.EngineId);
        stage.Clock.Advance(NoticedBy);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], await ApiAsync(api));
        Assert.Equal("student", (await stage.LaunchAsync("student-1", fixture.Engine)).GetProperty("role").GetString());
        Assert.All(await ActionsAsync(), action => Assert.Contains(action, (string[])["engine.suspended", "engine.resumed"]));
    }

    [Fact]
    public async Task Tokens_given_for_a_credential_that_was_removed_end_on_every_replica_and_those_of_the_other_one_go_on()
    {
        const string another = "another made-up secret of forty characters";
        var before = await CredentialsAsync();
        var (oldApi, oldSignIn) = (await ApiTokenAsync(), await SignInTokenAsync());
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, another + "\n", Cancellation);
        await RunAsync("client", "credential", "add", TestStage.EngineId, "--secret-file", file);
        stage.Clock.Advance(NoticedBy);
        var newApi = await ApiTokenAsync(another);
        // Two at a time.
        foreach (var replica in Replicas)
            foreach (var secret in (string[])[TestStage.EngineSecret, another])
                Assert.Equal((HttpStatusCode.OK, null), await TokenAsync(replica, secret));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], await ApiAsync(oldApi));

        await RunAsync("client", "credential", "remove", TestStage.EngineId, $"{before.Single()}");
        stage.Clock.Advance(NoticedBy);

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], await ApiAsync(oldApi));
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], await UserInfoAsync(oldSignIn));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], await ApiAsync(newApi));
        foreach (var replica in Replicas)
            Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), await TokenAsync(replica, TestStage.EngineSecret));

        // As it was, for the other tests.
        await File.WriteAllTextAsync(file, TestStage.EngineSecret, Cancellation);
        await RunAsync("client", "credential", "add", TestStage.EngineId, "--secret-file", file);
        await RunAsync("client", "credential", "remove", TestStage.EngineId, $"{(await CredentialsAsync())[0]}");
        stage.Clock.Advance(NoticedBy);
        File.Delete(file);
    }

    [Fact]
    public async Task Removed_engine_gets_nothing_from_any_replica_and_its_redirect_address_is_no_longer_sent_anything()
    {
        const string gone = "gone-engine";
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, TestStage.EngineSecret, Cancellation);
        await RunAsync("client", "add", gone, "--initiate-login-uri", "https://gone.example/login", "--redirect-uri", "https://gone.example/callback",
            "--secret-file", file, "--accept-agreement", "A Test");
        var api = await ApiTokenAsync(TestStage.EngineSecret, gone);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], await ApiAsync(api));

        await RunAsync("client", "remove", gone, "--by", "A Test");
        stage.Clock.Advance(NoticedBy);

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], await ApiAsync(api));
        foreach (var replica in Replicas)
        {
            Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), await TokenAsync(replica, TestStage.EngineSecret, gone));
            Assert.Contains("identity.client_unknown", await AuthorizeAsync(replica, gone), StringComparison.Ordinal);
        }

        File.Delete(file);
    }

    private async Task RunAsync(params string[] arguments)
    {
        var ended = await InProcessCommand.RunAsync(stage.EnvironmentSettings(), arguments);
        Assert.True(ended.ExitCode == 0, ended.Error + ended.Output);
    }

    private Task<long[]> CredentialsAsync() =>
        stage.Database.AskAsync<long[]>($"select array_agg(id order by id) from gateway.engine_credential where client_id = '{TestStage.EngineId}'");

    private async Task<string[]> ActionsAsync() => await stage.Database.AskAsync<string[]>(
        "select array_agg(action order by sequence) from gateway.audit_entry where action in ('engine.suspended', 'engine.resumed')");

    private async Task<string> ApiTokenAsync(string secret = TestStage.EngineSecret, string client = TestStage.EngineId)
    {
        using var answer = await AskTokenAsync(stage.GatewayUrl, secret, client, new() { ["grant_type"] = "client_credentials" });
        return (await TokenAnswer.ReadAsync(answer)).Body.GetProperty("access_token").GetString()!;
    }

    private async Task<(HttpStatusCode, string?)> TokenAsync(string replica, string secret, string client = TestStage.EngineId)
    {
        using var response = await AskTokenAsync(replica, secret, client, new() { ["grant_type"] = "client_credentials" });
        var answer = await TokenAnswer.ReadAsync(response);
        return (answer.Status, answer.Error);
    }

    private async Task<HttpResponseMessage> AskTokenAsync(string replica, string secret, string client, Dictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{replica}/connect/token") { Content = new FormUrlEncodedContent(form), Headers = { Authorization = CodeFlow.Basic(client, secret) } };
        return await http.SendAsync(request, Cancellation);
    }

    /// <summary>The access token of a sign-in, from a launch and the code flow.</summary>
    private async Task<string> SignInTokenAsync()
    {
        using var visitor = await Visitor.SignInAsync(stage, "student-1");
        var launched = await visitor.SendAsync(await visitor.PrepareAsync());
        using var request = new HttpRequestMessage(
            HttpMethod.Get, AuthorizeUrl(stage.GatewayUrl, TestStage.EngineId, QueryHelpers.ParseQuery(launched.Location!.Query)["login_hint"]!));
        request.Headers.Add("Cookie", launched.KeptCookies);
        using var authorized = await http.SendAsync(request, Cancellation);
        using var response = await AskTokenAsync(stage.GatewayUrl, TestStage.EngineSecret, TestStage.EngineId, new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = QueryHelpers.ParseQuery(authorized.Headers.Location!.Query)["code"]!,
            ["redirect_uri"] = $"{stage.EngineUrl}/oidc/callback",
            ["code_verifier"] = CodeFlow.Verifier,
        });
        return (await TokenAnswer.ReadAsync(response)).Body.GetProperty("access_token").GetString()!;
    }

    private async Task<string> AuthorizeAsync(string replica, string client = TestStage.EngineId)
    {
        using var response = await http.GetAsync(AuthorizeUrl(replica, client, "a ticket"), Cancellation);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    private string AuthorizeUrl(string replica, string client, string hint) => QueryHelpers.AddQueryString($"{replica}/connect/authorize", new Dictionary<string, string?>
    {
        ["response_type"] = "code",
        ["client_id"] = client,
        ["redirect_uri"] = $"{stage.EngineUrl}/oidc/callback",
        ["scope"] = "openid",
        ["code_challenge"] = CodeFlow.Challenge,
        ["code_challenge_method"] = "S256",
        ["login_hint"] = hint,
    });

    // The list of districts is there for every engine that may ask at all.
    private Task<HttpStatusCode[]> ApiAsync(string token) => OfBothAsync("/api/v1/districts", token);

    private Task<HttpStatusCode[]> UserInfoAsync(string token) => OfBothAsync("/connect/userinfo", token);

    private async Task<HttpStatusCode[]> OfBothAsync(string path, string token)
    {
        var answers = new List<HttpStatusCode>();
        foreach (var replica in Replicas)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, replica + path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
            using var response = await http.SendAsync(request, Cancellation);
            answers.Add(response.StatusCode);
        }

        return [.. answers];
    }

    private async Task<HttpStatusCode> ScoreAsync(string replica, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{replica}/api/v1/scores")
        {
            Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        using var response = await http.SendAsync(request, Cancellation);
        return response.StatusCode;
    }
}
