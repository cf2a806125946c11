using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Lti.Tests.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Identity;

/// <summary>An engine's key set on real Kestrel, and the assertions that it signs; anything about them can be wrong.</summary>
internal sealed class EngineKeys : IAsyncDisposable
{
    private readonly WebApplication app;
    private int fetches;

    private EngineKeys(WebApplication app) => this.app = app;

    /// <summary>What is published.</summary>
    public List<SigningKey> Published { get; } = [SigningKey.First, SigningKey.Pss, SigningKey.Elliptic];

    public bool IsDown { get; set; }

    public int Fetches => fetches;

    public string Url => $"{app.Urls.First()}/jwks";

    public static async Task<EngineKeys> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Stage.Loopback.FreeUrl());
        var keys = new EngineKeys(builder.Build());
        keys.app.MapGet("/jwks", keys.Answer);
        await keys.app.StartAsync();
        return keys;
    }

    /// <summary>The claims of a right assertion; a test bends them.</summary>
    public static JsonObject Claims(string client, string audience, DateTimeOffset now) => new()
    {
        ["iss"] = client,
        ["sub"] = client,
        ["aud"] = audience,
        ["jti"] = RandomNumberGenerator.GetHexString(32),
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.ToUnixTimeSeconds() + 60,
    };

    public static string Sign(JsonObject claims, SigningKey? key = null, JsonObject? header = null)
    {
        key ??= SigningKey.Elliptic;
        return key.Sign((header ?? new() { ["alg"] = key.Algorithm, ["kid"] = key.KeyId }).ToJsonString(), claims.ToJsonString());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Answer()
    {
        Interlocked.Increment(ref fetches);
        return IsDown
            ? Results.StatusCode(503)
            : Results.Text(new JsonObject { ["keys"] = new JsonArray([.. Published.Select(key => key.ToJwk())]) }.ToJsonString(), "application/json");
    }
}
