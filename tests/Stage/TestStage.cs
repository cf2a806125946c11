using System.Security.Cryptography;
using Gateway.Districts;
using Gateway.Hosting;
using Gateway.Identity;
using Gateway.Platforms;
using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Storage.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samples.Lms;
using Samples.PracticeEngine;
using Samples.Sis;

namespace Gateway.Stage;

/// <summary>
/// The whole thing on loopback: gateway, LMS, SIS and practice engine, each on real Kestrel, over a database of its own, with one
/// district set up as an operator would.
/// </summary>
internal sealed class TestStage : IAsyncDisposable
{
    public const string DistrictSlug = "test-district";
    public const string EngineId = "test-engine";
    public const string EngineSecret = "a made-up secret of forty characters, ok";
    public const string ControlKey = "control";
    private readonly List<IAsyncDisposable> parts = [];
    private readonly string masterKeyFile = Path.GetTempFileName();

    /// <summary>Where its gateways keep what is in no database.</summary>
    public string DataDirectory => $"{masterKeyFile}.data";


    public TestDatabase Database { get; private set; } = null!;

    public GatewayServer Gateway { get; private set; } = null!;

    /// <summary>Where the gateway listens.</summary>
    public string ListenUrl { get; } = Loopback.FreeUrl();

    /// <summary>The gateway's address as everybody on the stage knows it; where it listens unless set before the stage is built.</summary>
    public string GatewayUrl { get => field ?? ListenUrl; set; }

    public LogCapture Log { get; } = new();

    /// <summary>What a visitor's browser keeps for the gateway when it leaves a launch, by the address that it leaves for.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, string> KeptCookies { get; } = new();

    /// <summary>The time of day for everybody on the stage.</summary>
    public ShiftedClock Clock { get; } = new();

    /// <summary>Another privacy policy than the product's, from the gateway's next start on.</summary>
    public PrivacyPolicy? Policy { get; set; }

    public LmsOptions LmsOptions { get; } = new() { ControlKey = ControlKey };

    public WebApplication Lms { get; private set; } = null!;

    public string LmsUrl => Lms.Urls.First();

    public SisOptions SisOptions { get; } = new() { ControlKey = ControlKey, ClientSecret = "a made-up secret of the sample SIS" };

    public WebApplication Sis { get; private set; } = null!;

    public string SisUrl => Sis.Urls.First();

    public WebApplication Engine { get; private set; } = null!;

    public string EngineUrl => Engine.Urls.First();

    public District District { get; private set; } = null!;

    public IServiceProvider Services => Gateway.Application.Services;

    public static async Task<TestStage> StartAsync(Action<TestStage>? configure = null)
    {
        var stage = new TestStage();
        configure?.Invoke(stage);
        try
        {
            await stage.BuildAsync();
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Settings beside those, or in their place, from the gateway's next start on.</summary>
    public Dictionary<string, string?> MoreSettings { get; } = [];

    /// <summary>The settings a gateway of this stage runs with, in environment form; a second process may use them too.</summary>
    public Dictionary<string, string?> Settings() => new(OwnSettings().Where(own => !MoreSettings.ContainsKey(own.Key)).Concat(MoreSettings));

    private Dictionary<string, string?> OwnSettings() => new()
    {
        ["urls"] = ListenUrl,
        ["ConnectionStrings:Gateway"] = Database.OwnerConnectionString,
        ["Gateway:PublicUrl"] = GatewayUrl,
        ["Gateway:MasterKeyFile"] = masterKeyFile,
        ["Gateway:DataDirectory"] = DataDirectory,
        ["Gateway:AllowPrivateNetworks"] = "true",
    };

    /// <summary>The same for a process: as environment variables.</summary>
    public Dictionary<string, string?> EnvironmentSettings() =>
        Settings().ToDictionary(s => s.Key == "urls" ? "ASPNETCORE_URLS" : s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value);

    /// <summary>Nobody listens at the LMS's address any more, which must be one that was chosen.</summary>
    public Task StopLmsAsync() => Lms.StopAsync();

    /// <summary>A new LMS at the same address, with an empty gradebook.</summary>
    public async Task StartLmsAsync() => Lms = await StartAsync(LmsServer.Build(LmsOptions));

    public async Task StopGatewayAsync()
    {
        await Gateway.Application.StopAsync();
        await Gateway.DisposeAsync();
        Gateway = null!;
    }

    public async Task StartGatewayAsync()
    {
        var started = await GatewayServer.StartAsync(builder =>
        {
            builder.Configuration.AddInMemoryCollection(Settings());
            builder.Services.AddSingleton<TimeProvider>(Clock);
            if (Policy is not null)
                builder.Services.AddSingleton(Policy);
            builder.Logging.ClearProviders();
            builder.Logging.AddProvider(Log);
            builder.Logging.SetMinimumLevel(LogLevel.Trace);
            builder.Logging.AddFilter(null, LogLevel.Trace);
        }, CancellationToken.None);
        Gateway = started.Succeeded ? started.Value : throw new InvalidOperationException(string.Join('\n', started.Failures));
    }

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null)
            await StopGatewayAsync();
        foreach (var part in Enumerable.Reverse(parts))
            await part.DisposeAsync();
        File.Delete(masterKeyFile);
        if (Directory.Exists(DataDirectory))
            Directory.Delete(DataDirectory, recursive: true);
    }

    private async Task BuildAsync()
    {
        await File.WriteAllTextAsync(masterKeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        parts.Add(Database = await TestDatabase.CreateMigratedAsync("stage"));
        LmsOptions.Time = SisOptions.Time = Clock;
        LmsOptions.ToolLoginUrl = $"{GatewayUrl}/lti/login";
        LmsOptions.ToolRedirectUrls = $"{GatewayUrl}/lti/launch";
        Lms = await StartAsync(LmsServer.Build(LmsOptions));
        Sis = await StartAsync(SisServer.Build(SisOptions));
        Engine = await StartAsync(PracticeEngineServer.Build(new()
        {
            Authority = GatewayUrl,
            ClientId = EngineId,
            ClientSecret = EngineSecret,
            ControlKey = ControlKey,
            Time = Clock,
        }));
        await StartGatewayAsync();
        await SetUpAsync();
    }

    private async Task SetUpAsync()
    {
        District = (await Services.GetRequiredService<AddDistrict>().RunAsync(DistrictSlug, "Test District", "America/Chicago", null, false, CancellationToken.None)).Value;
        var problems = await Services.GetRequiredService<EngineRegistration>().RegisterAsync(
            new(EngineId, $"{EngineUrl}/oidc/login", [$"{EngineUrl}/oidc/callback"], EngineSecret, null, "A Test"), CancellationToken.None);
        var platform = await Services.GetRequiredService<AddPlatform>().RunAsync(
            District.Id, new("other", LmsUrl, LmsOptions.ClientId, ["1"], $"{LmsUrl}/auth", $"{LmsUrl}/token", $"{LmsUrl}/jwks"), CancellationToken.None);
        // The LMS learns the address of the tool's keys as its administrator would: from what the registration gave.
        if (platform.Succeeded)
            LmsOptions.ToolJwksUrl = Services.GetRequiredService<ToolFacts>().JwksUrlOf(platform.Value.KeySetId);
        var roster = await Services.GetRequiredService<RosterConnections>().ConnectAsync(new(District.Id)
        {
            Version = "1.2",
            BaseUrl = $"{SisUrl}/ims/oneroster/rostering/v1p2",
            TokenUrl = $"{SisUrl}/token",
            ClientId = SisOptions.ClientId,
            Secret = System.Text.Encoding.UTF8.GetBytes(SisOptions.ClientSecret),
        }, CancellationToken.None);
        if (problems.Count > 0 || !platform.Succeeded || !roster.Connected)
            throw new InvalidOperationException("The district could not be set up.");
    }

    private async Task<WebApplication> StartAsync(WebApplication application)
    {
        parts.Add(application);
        await application.StartAsync();
        return application;
    }
}
