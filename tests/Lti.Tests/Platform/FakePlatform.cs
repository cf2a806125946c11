using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lti.Tests.Platform;

/// <summary>The platform's HTTP side on loopback: keys, tokens and one line item, with counters and switches for faults.</summary>
internal sealed class FakePlatform : IAsyncDisposable
{
    private readonly WebApplication app;
    private int jwksRequests;
    private int tokenRequests;
    private int tokensIssued;

    private FakePlatform(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    public Uri JwksUri => new(Address, "/jwks");

    public Uri TokenEndpoint => new(Address, "/token");

    /// <summary>Like Moodle's, with a query.</summary>
    public string LineItem => new Uri(Address, "/lineitems/7/lineitem?type_id=3").AbsoluteUri;

    public int JwksRequests => Volatile.Read(ref jwksRequests);

    public int TokenRequests => Volatile.Read(ref tokenRequests);

    public List<SigningKey> Keys { get; } = [SigningKey.First];

    public bool PublishesAlgorithms { get; set; } = true;

    public int JwksStatus { get; set; } = 200;

    /// <summary>The authorization endpoint's; it opens nothing.</summary>
    public int AuthorizationStatus { get; set; } = 400;

    /// <summary>The time that a proxy before the authorization endpoint says it is; its own clock's where not given.</summary>
    public DateTimeOffset? Date { get; set; }

    /// <summary>Replaces the key set's document.</summary>
    public string? JwksBody { get; set; }

    /// <summary>What the document says to be, where <see cref="JwksBody"/> replaces it.</summary>
    public string JwksMediaType { get; set; } = "application/json";

    /// <summary>Held back until set, where given.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public Func<IFormCollection, (int Status, string Body)>? OnToken { get; set; }

    public Func<int, ScoreReply>? OnScore { get; set; }

    public ConcurrentQueue<PostedScore> Scores { get; } = new();

    public ConcurrentQueue<IFormCollection> TokenForms { get; } = new();

    public ConcurrentQueue<string> UserAgents { get; } = new();

    public static async Task<FakePlatform> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        FakePlatform platform = new(builder.Build());
        platform.Map();
        await platform.app.StartAsync();
        platform.Address = new Uri(platform.app.Urls.Single());
        return platform;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        app.Use(next => context =>
        {
            UserAgents.Enqueue(context.Request.Headers.UserAgent.ToString());
            return next(context);
        });
        app.MapGet("/jwks", async () =>
        {
            Interlocked.Increment(ref jwksRequests);
            if (Gate is { } gate) await gate.Task;
            if (JwksStatus is >= 300 and <= 399) return Results.Redirect("/inward");
            if (JwksStatus != 200) return Results.StatusCode(JwksStatus);
            JsonObject set = new() { ["keys"] = new JsonArray([.. Keys.Select(key => key.ToJwk(PublishesAlgorithms))]) };
            return Results.Text(JwksBody ?? set.ToJsonString(), JwksMediaType);
        });
        app.MapGet("/authorize", (HttpContext context) =>
        {
            if (Date is { } date) context.Response.Headers.Date = date.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            return Results.StatusCode(AuthorizationStatus);
        });
        app.MapGet("/inward", () => Results.Text("""{"keys":[]}""", "application/json"));
        app.MapPost("/token", async (HttpContext context) =>
        {
            Interlocked.Increment(ref tokenRequests);
            var form = await context.Request.ReadFormAsync();
            TokenForms.Enqueue(form);
            if (Gate is { } gate) await gate.Task;
            var (status, body) = OnToken?.Invoke(form) ?? (200, Token(form["scope"].ToString()));
            return Results.Text(body, "application/json", statusCode: status);
        });
        app.MapPost("/lineitems/7/lineitem/scores", async (HttpContext context) =>
        {
            using StreamReader reader = new(context.Request.Body);
            Scores.Enqueue(new PostedScore(
                context.Request.QueryString.Value!, context.Request.ContentType!, context.Request.Headers.Authorization.ToString(),
                JsonNode.Parse(await reader.ReadToEndAsync())!));
            var reply = OnScore?.Invoke(Scores.Count) ?? new ScoreReply(200);
            if (reply.Status == 0) context.Abort();
            if (reply.RetryAfter is not null) context.Response.Headers.RetryAfter = reply.RetryAfter;
            return Results.Text(reply.Body, "text/plain", statusCode: reply.Status);
        });
    }

    private string Token(string scope) =>
        new JsonObject
        {
            ["access_token"] = $"token-{Interlocked.Increment(ref tokensIssued)}",
            ["token_type"] = "Bearer",
            ["expires_in"] = 3600,
            ["scope"] = scope,
        }.ToJsonString();
}
