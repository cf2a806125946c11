using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OneRoster.Tests.Rest;

/// <summary>A OneRoster server on loopback, with a switch for each fault that is seen in the field.</summary>
internal sealed class FakeOneRosterServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private int tokens;

    private FakeOneRosterServer(WebApplication app) => this.app = app;

    public required Dictionary<string, List<string>> Collections { get; init; }

    public ConcurrentQueue<string> Requests { get; } = [];

    public ConcurrentQueue<string> TokenForms { get; } = [];

    /// <summary>Answers instead of the server; returns whether it did. Gets the number of the request, from 1, tokens not counted.</summary>
    public Func<int, HttpContext, Task<bool>>? Fault { get; set; }

    public Func<IFormCollection, HttpContext, bool>? AcceptClient { get; set; }

    /// <summary>Answers instead of the token endpoint; returns whether it did.</summary>
    public Func<IFormCollection, HttpContext, Task<bool>>? TokenFault { get; set; }

    /// <summary>The status that refuses a token.</summary>
    public int RefusalStatus { get; set; } = 401;

    public int? ClampTo { get; set; }

    public bool IgnoresOffset { get; set; }

    public int OverlapBy { get; set; }

    public Func<string, int, int>? Count { get; set; } = (_, all) => all;

    public int? TokenLife { get; set; } = 3600;

    /// <summary>Tokens up to this number are refused.</summary>
    public int RefusedTokens { get; set; }

    public Uri Url { get; private set; } = null!;

    public Uri TokenUrl => new(Url, "/oauth/token");

    public static async Task<FakeOneRosterServer> StartAsync(Dictionary<string, List<string>> collections)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new FakeOneRosterServer(app) { Collections = collections };
        app.MapPost("/oauth/token", server.TokenAsync);
        app.MapGet("/ims/oneroster/rostering/v1p2/{collection}", server.CollectionAsync);
        app.MapGet("/ims/oneroster/v1p1/{collection}", server.CollectionAsync);
        app.MapGet("/a/path/of/its/own/{collection}", server.CollectionAsync);
        await app.StartAsync();
        server.Url = new Uri(app.Urls.First());
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        TokenForms.Enqueue(string.Join("&", form.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value}")));
        if (TokenFault is not null && await TokenFault(form, context))
            return;
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("gateway:s%3Acret"));
        if (!(AcceptClient?.Invoke(form, context) ?? context.Request.Headers.Authorization == $"Basic {basic}"))
        {
            context.Response.StatusCode = 401;
            await context.Response.WriteAsync("""{"error":"invalid_client","error_description":"canary"}""");
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"token_type":"Bearer","extra":{"a":[1]},"access_token":"token-{{Interlocked.Increment(ref tokens)}}","expires_in":{{TokenLife?.ToString() ?? "null"}}}""");
    }

    private async Task CollectionAsync(string collection, HttpContext context)
    {
        Requests.Enqueue(context.Request.Path + Uri.UnescapeDataString(context.Request.QueryString.Value ?? ""));
        if (Fault is not null && await Fault(Requests.Count, context))
            return;
        var token = context.Request.Headers.Authorization.ToString();
        if (!token.StartsWith("Bearer token-", StringComparison.Ordinal) || int.Parse(token["Bearer token-".Length..]) <= RefusedTokens)
        {
            context.Response.StatusCode = RefusalStatus;
            return;
        }

        var all = Collections[collection];
        var limit = Math.Min(int.Parse(context.Request.Query["limit"]!), ClampTo ?? int.MaxValue);
        var offset = IgnoresOffset ? 0 : Math.Max(0, int.Parse(context.Request.Query["offset"]!) - OverlapBy);
        if (Count is not null)
            context.Response.Headers["X-Total-Count"] = Count(collection, all.Count).ToString();
        context.Response.ContentType = "application/json;charset=utf-8";
        await context.Response.WriteAsync(Page(collection, all.Skip(offset).Take(limit)));
    }

    public static string Page(string collection, IEnumerable<string> records) =>
        $$"""{"imsx":{"a":[{}]},"{{collection}}":[{{string.Join(" ,\n", records)}}] }""";
}
