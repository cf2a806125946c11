using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gateway.Stage;
using Gateway.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Hosting;

[Trait("Requirement", "T-14")]
public sealed class RateLimitTests : IAsyncLifetime
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private TestStage stage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => stage = await TestStage.StartAsync(one =>
    {
        // At once: five logins, two pages, two guesses.
        one.MoreSettings["Gateway:RateLimits:LaunchesPerAddress"] = "2";
        one.MoreSettings["Gateway:RateLimits:PublicPagesPerAddress"] = "1";
        one.MoreSettings["Gateway:RateLimits:TokenFailuresPerAddress"] = "1";
        one.MoreSettings["Gateway:TrustedProxies"] = "127.0.0.1";
    });

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await stage.DisposeAsync();
    }

    [Fact]
    public async Task Address_that_asks_for_pages_too_often_is_refused_with_a_code_and_logins_go_on()
    {
        Assert.Equal("200 200 429", await StatusesAsync("/privacy/usage", 3, "198.51.100.1"));
        using var refused = await GetAsync("/privacy/record", "198.51.100.1");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("web.too_many_requests", await CodeOfAsync(refused));

        using var login = await LoginAsync("198.51.100.1");
        Assert.Equal(HttpStatusCode.Found, login.StatusCode);
        // Another address behind the same proxy has limits of its own.
        Assert.Equal("200", await StatusesAsync("/privacy/usage", 1, "198.51.100.2"));
    }

    [Fact]
    public async Task Address_that_logs_in_too_often_gets_the_page_of_its_own_and_others_go_on()
    {
        for (var i = 0; i < 5; i++)
        {
            using var login = await LoginAsync("198.51.100.20");
            Assert.Equal(HttpStatusCode.Found, login.StatusCode);
        }

        using var refused = await LoginAsync("198.51.100.20");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("launch.too_many_requests", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var other = await LoginAsync("198.51.100.21");
        Assert.Equal(HttpStatusCode.Found, other.StatusCode);
    }

    [Fact]
    public async Task Word_of_a_proxy_that_is_not_trusted_does_not_count()
    {
        await stage.StopGatewayAsync();
        stage.MoreSettings.Remove("Gateway:TrustedProxies");
        await stage.StartGatewayAsync();
        Assert.Equal("200", await StatusesAsync("/privacy/usage", 1, "198.51.100.1"));
        Assert.Equal("200", await StatusesAsync("/privacy/usage", 1, "198.51.100.2"));
        Assert.Equal("429", await StatusesAsync("/privacy/usage", 1, "198.51.100.3"));
    }

    [Fact]
    public async Task Address_that_guesses_secrets_is_refused_before_the_next_guess_is_looked_at()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenAsync("a guess", "198.51.100.9")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync(TestStage.EngineSecret, "198.51.100.9")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenAsync("a guess", "198.51.100.9")).StatusCode);
        using var refused = await TokenAsync(TestStage.EngineSecret, "198.51.100.9");
        Assert.Equal((HttpStatusCode.TooManyRequests, "token.too_many_requests"), (refused.StatusCode, await CodeOfAsync(refused)));
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync(TestStage.EngineSecret, "198.51.100.10")).StatusCode);
    }

    [Fact]
    public async Task Usage_is_computed_once_a_day_and_other_pages_once_a_minute()
    {
        Assert.Equal("200", await StatusesAsync("/privacy/usage", 1, "198.51.100.1"));
        Assert.Equal("200", await StatusesAsync("/privacy/third-parties", 1, "198.51.100.1"));
        // From now on, computing fails.
        await stage.Database.ExecuteAsync($"revoke execute on function gateway.usage_by_district, gateway.third_parties from {stage.Database.Name}_app");

        Assert.Equal("200", await StatusesAsync("/privacy/usage", 1, "198.51.100.2"));
        Assert.Equal("200", await StatusesAsync("/privacy/third-parties", 1, "198.51.100.2"));
        stage.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("500", await StatusesAsync("/privacy/third-parties", 1, "198.51.100.3"));
        stage.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("500", await StatusesAsync("/privacy/usage", 1, "198.51.100.3"));
    }

    [Fact]
    public async Task Public_pages_that_wait_for_the_database_leave_logins_their_connections()
    {
        var source = stage.Services.GetRequiredService<PublicPool>().Source;
        var held = new List<Npgsql.NpgsqlConnection>();
        for (var i = 0; i < 4; i++)
            held.Add(await source.OpenConnectionAsync(Cancellation));

        var page = GetAsync("/privacy/third-parties", "198.51.100.1");
        // Nothing is remembered of a stranger: the database is asked.
        using var login = await LoginAsync("198.51.100.1", "another-client");
        Assert.Equal(HttpStatusCode.BadRequest, login.StatusCode);
        Assert.False(page.IsCompleted);
        foreach (var connection in held)
            await connection.DisposeAsync();
        Assert.Equal(HttpStatusCode.OK, (await page).StatusCode);
    }

    private async Task<string> StatusesAsync(string path, int times, string address)
    {
        var statuses = new List<int>();
        for (var i = 0; i < times; i++)
        {
            using var answer = await GetAsync(path, address);
            statuses.Add((int)answer.StatusCode);
        }

        return string.Join(' ', statuses);
    }

    private Task<HttpResponseMessage> GetAsync(string path, string address) => SendAsync(new(HttpMethod.Get, stage.GatewayUrl + path), address);

    private Task<HttpResponseMessage> LoginAsync(string address, string? client = null) => SendAsync(new(HttpMethod.Get, QueryHelpers.AddQueryString($"{stage.GatewayUrl}/lti/login", new Dictionary<string, string?>
    {
        ["iss"] = stage.LmsUrl,
        ["login_hint"] = "somebody",
        ["target_link_uri"] = $"{stage.GatewayUrl}/lti/launch",
        ["client_id"] = client ?? stage.LmsOptions.ClientId,
    })), address);

    private Task<HttpResponseMessage> TokenAsync(string secret, string address) => SendAsync(new(HttpMethod.Post, $"{stage.GatewayUrl}/connect/token")
    {
        Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TestStage.EngineId}:{Uri.EscapeDataString(secret)}"))) },
    }, address);

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string address)
    {
        request.Headers.Add("X-Forwarded-For", address);
        request.Headers.Accept.ParseAdd("application/json");
        return http.SendAsync(request, Cancellation);
    }

    private static async Task<string?> CodeOfAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("code").GetString();
}
