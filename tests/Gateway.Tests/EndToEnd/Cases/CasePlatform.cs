using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gateway.Stage;
using Lti.Tests.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.EndToEnd.Cases;

/// <summary>A platform that publishes, under each name, whatever keys a case wants; what it signs is made by hand.</summary>
internal sealed class CasePlatform : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Func<IResult>> keySets = new();

    private CasePlatform(WebApplication app) => this.app = app;

    public string Issuer => app.Urls.First();

    public static async Task<CasePlatform> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Loopback.FreeUrl());
        var platform = new CasePlatform(builder.Build());
        platform.app.MapGet("/jwks/{name}", (string name) => platform.keySets[name]());
        platform.app.MapGet("/inward", () => KeySet(SigningKey.First));
        await platform.app.StartAsync();
        return platform;
    }

    /// <summary>Says what is answered at the key set of this name from now on, and gives its address.</summary>
    public string Publish(string name, Func<IResult> answer)
    {
        keySets[name] = answer;
        return $"{Issuer}/jwks/{Uri.EscapeDataString(name)}";
    }

    public static IResult KeySet(params SigningKey[] keys) => Text(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => key.ToJwk())]) }.ToJsonString());

    public static IResult Text(string body) => Results.Text(body, "application/json");

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
