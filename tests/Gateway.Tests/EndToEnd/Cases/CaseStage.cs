using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Gateway.Districts;
using Gateway.Hosting;
using Gateway.Identity;
using Gateway.Launches;
using Gateway.Platforms;
using Gateway.Privacy;
using Gateway.Stage;
using Lti.Tests.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.EndToEnd.Cases;

/// <summary>A whole gateway, a platform that signs whatever a case wants, and eyes on everything that a launch may leave behind.</summary>
public sealed class CaseStage : IAsyncLifetime
{
    internal const string Main = "case-main";
    internal const string Second = "case-second";
    internal const string Guests = "case-guests";
    internal const string Closed = "case-closed";
    internal const string Ended = "case-ended";
    internal const string Engineless = "case-engineless";
    internal const string Gone = "case-gone";
    internal const string Deployment = "deployment-1";
    internal const string LegacyKey = "legacy-key";
    internal const string LegacySecret = "a made-up secret of LTI 1.1";

    private readonly MeterListener meters = new();
    private readonly ConcurrentQueue<string> outcomes = new();
    private readonly Dictionary<string, int> numbers = [];
    private string rowsQuery = "";
    private Visitor? browser;

    internal TestStage Stage { get; private set; } = null!;

    internal TestEngine Engine { get; private set; } = null!;

    internal CasePlatform Platform { get; private set; } = null!;

    internal Visitor Browser => browser!;

    internal string Target => $"{Stage.GatewayUrl}/lti/launch?path=/fractions";

    /// <summary>What <c>gateway.launches</c> counted, in order.</summary>
    internal IReadOnlyCollection<string> Outcomes => outcomes;

    /// <summary>What came of the cases so far, for <c>artifacts/cases.md</c>.</summary>
    internal List<string> Table { get; } = ["| case | expected | got | status |", "|---|---|---|---|"];

    public async ValueTask InitializeAsync()
    {
        Stage = await TestStage.StartAsync(stage => stage.MoreSettings["Gateway:RateLimits:LaunchesPerRegistration"] = "240");
        Engine = new TestEngine(Stage);
        browser = new Visitor(Stage);
        Platform = await CasePlatform.StartAsync();
        await AddDistrictsAsync();
        var tables = await Stage.Database.AskAsync<string[]>("select array_agg(tablename::text order by tablename) from pg_tables where schemaname = 'gateway'");
        rowsQuery = $"select array(select r from ({string.Join(" union all ", tables.Select(t => $"select '{t} ' || t::text r from gateway.{t} t"))}) as rows order by r)";

        var mine = Stage.Services.GetRequiredService<GatewayMetrics>();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == mine && instrument.Name == "gateway.launches")
                listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((_, count, tags, _) => outcomes.Enqueue($"{count} {tags[0].Value}"));
        meters.Start();
    }

    public async ValueTask DisposeAsync()
    {
        meters.Dispose();
        browser?.Dispose();
        Engine?.Dispose();
        if (Platform is not null)
            await Platform.DisposeAsync();
        if (Stage is not null)
            await Stage.DisposeAsync();
    }

    /// <summary>Every row of every table, as text: table first.</summary>
    internal Task<string[]> RowsAsync() => Stage.Database.AskAsync<string[]>(rowsQuery);

    /// <summary>The row of a client's registration.</summary>
    internal int NumberOf(string client) => numbers[client];

    internal Task<CaseLaunch> BeginAsync(string client = Main, Action<Dictionary<string, string>>? change = null) => BeginAsync(client, change, HttpMethods.Post);

    internal async Task<CaseLaunch> BeginAsync(string client, Action<Dictionary<string, string>>? change, string method)
    {
        var login = await LoginAsync(client, change, method);
        if (login.Location is not { } location)
            throw new InvalidOperationException($"The login was refused: {login.PageCode}");
        var asked = QueryHelpers.ParseQuery(location.Query);
        return new(this, client, asked["state"].ToString(), asked["nonce"].ToString(), string.Join("; ", login.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0])));
    }

    internal Task<Answer> LoginAsync(string client, Action<Dictionary<string, string>>? change = null, string? method = null)
    {
        var parameters = new Dictionary<string, string>
        {
            ["iss"] = Platform.Issuer,
            ["login_hint"] = "canary-hint",
            ["target_link_uri"] = Target,
            ["client_id"] = client,
        };
        change?.Invoke(parameters);
        var address = $"{Stage.GatewayUrl}/lti/login";
        return method == HttpMethods.Get
            ? Browser.GetAsync(QueryHelpers.AddQueryString(address, parameters.Select(p => KeyValuePair.Create<string, string?>(p.Key, p.Value))))
            : Browser.PostAsync(address, parameters);
    }

    /// <summary>Registers a client of the platform whose keys are what the case says.</summary>
    internal async Task<string> RegisterAsync(string client, Func<IResult> keys, int? district = null, bool learnsDeployments = false)
    {
        var added = await AddAsync(client, keys, district ?? Stage.District.Id, learnsDeployments ? [] : [Deployment]);
        numbers[client] = added.Value.Id;
        return client;
    }

    /// <summary>The same with what came of it.</summary>
    internal Task<Outcome<Gateway.Storage.Model.Registration>> AddAsync(string client, Func<IResult> keys, int district, string[] deployments, string kind = "other") =>
        Stage.Services.GetRequiredService<AddPlatform>().RunAsync(
            district, new(kind, Platform.Issuer, client, deployments, $"{Platform.Issuer}/auth", $"{Platform.Issuer}/token", Platform.Publish(client, keys)), CancellationToken.None);

    /// <summary>A whole launch of a client with the claims changed.</summary>
    internal async Task<Answer> LaunchAsync(string client, Action<System.Text.Json.Nodes.JsonObject>? change = null, Action<Dictionary<string, string>>? login = null)
    {
        var launch = await BeginAsync(client, login);
        return await launch.SendAsync(launch.Sign(change));
    }

    /// <summary>Blocks a person of the main client, of whom nothing is held.</summary>
    internal async Task BlockAsync(string subject)
    {
        var person = PersonId.Read(System.Text.Encoding.UTF8.GetBytes(subject), NumberOf(Main)).Value;
        Assert.True((await Stage.Services.GetRequiredService<ErasePerson>().RunAsync(Stage.District, person, block: true, ErasePerson.Objection, CancellationToken.None)).Succeeded);
    }

    private async Task AddDistrictsAsync()
    {
        var first = () => CasePlatform.KeySet(SigningKey.First);
        foreach (var client in new[] { Main, Second, Gone })
            await RegisterAsync(client, first);
        await RegisterAsync(Guests, first, await AddDistrictAsync(Guests, guests: true));
        await RegisterAsync(Closed, first, await AddDistrictAsync(Closed));
        await RegisterAsync(Ended, first, await AddDistrictAsync(Ended));
        await RegisterAsync(Engineless, first, await AddDistrictAsync(Engineless));
        var kept = await Stage.Services.GetRequiredService<KeepLegacySecret>().RunAsync(
            Stage.District.Id, NumberOf(Main), LegacyKey, LegacySecret, CancellationToken.None);
        Assert.True(kept.Succeeded);
        Assert.Empty(await Stage.Services.GetRequiredService<EngineRegistration>().RegisterAsync(
            new(Engineless, $"{Stage.EngineUrl}/oidc/login", [$"{Stage.EngineUrl}/oidc/callback"], TestStage.EngineSecret, null, "A Test"), CancellationToken.None));
        // A district whose key is destroyed, one whose contract is over since yesterday, and one whose engine nobody has agreed to.
        await Stage.Database.ExecuteAsync($"""
            delete from gateway.district_key where district_id = (select id from gateway.district where slug = '{Closed}');
            update gateway.district set contract_end = (now() at time zone time_zone)::date - 1 where slug = '{Ended}';
            delete from gateway.engine_agreement where client_id = '{Engineless}';
            update gateway.district set engine_client_id = case slug when '{Engineless}' then '{Engineless}' else '{TestStage.EngineId}' end;
            """);
        Stage.Services.GetRequiredService<EngineClients>().Forget();
        // What the gateway remembers of districts is older than that.
        Stage.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    internal async Task<int> AddDistrictAsync(string slug, bool guests = false) =>
        (await Stage.Services.GetRequiredService<AddDistrict>().RunAsync(slug, string.Create(CultureInfo.InvariantCulture, $"District {slug}"), "UTC", null, guests, CancellationToken.None)).Value.Id;
}
