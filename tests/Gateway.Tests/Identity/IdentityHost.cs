using System.Security.Cryptography;
using Gateway.Alerts;
using Gateway.Hosting;
using Gateway.Identity;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Stage;
using Gateway.Storage.Sealing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Identity;

/// <summary>The identity feature alone, on real Kestrel and a real database, with two engines and a clock of its own.</summary>
public sealed class IdentityHost : IAsyncLifetime
{
    internal const string Engine = "engine-one";
    internal const string OtherEngine = "engine-two";
    internal const string RedirectUri = "https://engine.example/callback?keep=me";
    internal const string OtherRedirectUri = "https://engine.example/second-callback";
    internal const string InitiateLoginUri = "https://engine.example/login";
    internal const string Secret = "a secret: of more than 32 chars/+%ü";

    private IdentityDatabase? database;
    private WebApplication? app;
    private HttpClient? http;

    internal FakeClock Clock { get; } = new();

    internal IdentityDatabase Database => database!;

    internal HttpClient Http => http!;

    internal string Url => Get<PublicAddress>().Url;

    internal int District { get; private set; }

    internal int OtherDistrict { get; private set; }

    public async ValueTask InitializeAsync()
    {
        database = await IdentityDatabase.CreateAsync();
        District = await database.AddDistrictAsync("maple");
        OtherDistrict = await database.AddDistrictAsync("oak");
        app = Build(database, Clock);
        await app.StartAsync();
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(Url) };
        await RegisterAsync(Engine, RedirectUri, OtherRedirectUri);
        await RegisterAsync(OtherEngine, RedirectUri);
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        if (app is not null)
            await app.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
    }

    internal T Get<T>() where T : notnull => app!.Services.GetRequiredService<T>();

    internal SignInTicket NewTicket(string client = Engine, long learner = 7) => new(
        Guid.CreateVersion7(Clock.GetUtcNow()), District, "maple", learner, "student", client, "LtiResourceLinkRequest", null,
        "link-1", "course-1", "https://engine.example/quiz/1", Base64Of(300), Clock.GetUtcNow());

    internal Task RegisterAsync(string id, params string[] redirectUris) => RegisterAsync(Wish(id) with { RedirectUris = redirectUris });

    internal Task RegisterWithKeysAsync(string id, string jwksUrl) => RegisterAsync(Wish(id) with { Secret = null, JwksUrl = jwksUrl });

    internal Task RegisterWithRsaAsync(string id) => RegisterAsync(Wish(id) with { IdTokenAlg = "RS256" });

    private async Task RegisterAsync(RegisterEngineClient wish) =>
        Assert.Empty(await Get<EngineRegistration>().RegisterAsync(wish, TestContext.Current.CancellationToken));

    private static RegisterEngineClient Wish(string id) => new(id, InitiateLoginUri, [RedirectUri], Secret, JwksUrl: null, "A. Adult");

    internal static WebApplication Build(IdentityDatabase database, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Stage.Loopback.FreeUrl());
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(database.Database);
        builder.Services.AddSingleton(new Sealer(database.MasterKeys));
        builder.Services.AddOptions<GatewayOptions>().Configure(options => options.AllowPrivateNetworks = true);
        builder.Services.AddSingleton<PublicAddress>();
        builder.Services.AddSingleton<GatewayMetrics>();
        builder.Services.AddOutbound();
        builder.Services.AddPrivacy();
        builder.Services.AddAlerts();
        // The launches bring the key sets of others, which engines with keys of their own are checked with.
        builder.Services.AddLaunches();
        builder.Services.AddIdentity();
        var app = builder.Build();
        app.UseMiddleware<SecurityHeaders>();
        app.MapIdentity();
        app.MapGet("/api/scores", (HttpContext context) => EngineApi.ClientIdOf(context.User)).RequireScope(EngineApi.ScoresWrite);
        return app;
    }

    private static string Base64Of(int bytes) =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
