using System.Text;
using Gateway.Identity;
using Gateway.Stage;
using Gateway.Storage.Sealing;

namespace Gateway.Tests.Identity;

public sealed class EngineRegistrationTests(DatabaseOfClass fixture) : ClearedDatabase(fixture)
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private readonly FakeClock clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact, Trait("Requirement", "P-5.4")]
    public async Task Registered_engine_is_enabled_and_its_agreement_recorded()
    {
        using var engines = Engines();
        Assert.Empty(await RegisterAsync(engines, Wish("engine")));

        var engine = await engines.FindAsync("engine", Cancellation);
        Assert.True(engine!.Enabled);
        Assert.Equal(new AcceptedAgreement(DataAgreement.CurrentVersion, "A. Adult", clock.GetUtcNow()), engine.Agreement);
        Assert.Equal(["https://engine.example/callback"], engine.RedirectUris);
        Assert.Equal("A. Adult", await Database.AskAsync<string>("select accepted_by from gateway.engine_agreement where client_id = 'engine'"));
        Assert.Equal("engine", Assert.Single(await engines.ListAsync(Cancellation)).ClientId);
    }

    [Fact, Trait("Requirement", "P-5.3")]
    public async Task Secret_is_kept_as_a_keyed_hash_and_the_id_key_sealed()
    {
        using var engines = Engines();
        await RegisterAsync(engines, Wish("engine"));

        var hash = await Database.AskAsync<byte[]>("select secret_hash from gateway.engine_credential");
        Assert.True(new Sealer(Database.MasterKeys).FingerprintMatches(EngineClients.SecretPurpose, Encoding.UTF8.GetBytes(Secret), hash));
        Assert.Equal(-1, hash.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)));
        var sealedKey = await Database.AskAsync<byte[]>("select sealed_id_key from gateway.engine_client");
        Assert.False(new Sealer(Database.MasterKeys).TryOpen(EngineClients.IdKeyPurpose, sealedKey, out _, "another-engine"));
    }

    [Fact]
    public async Task Every_problem_is_found_at_once()
    {
        using var engines = Engines();
        var wish = new RegisterEngineClient(
            "an id", "http://engine.example/login", ["https://engine.example/callback#part", "callback", "https://u:p@engine.example/"], "short", null, " ");
        var problems = await RegisterAsync(engines, wish);

        Assert.Equal(
            [
                "client.agreement_missing", "client.id_invalid", "client.initiate_login_uri_invalid", "client.redirect_uri_invalid",
                "client.redirect_uri_invalid", "client.redirect_uri_invalid", "client.secret_short",
            ],
            problems.Select(p => p.Code).Order(StringComparer.Ordinal));
        Assert.Empty(await engines.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Engine_needs_a_redirect_uri_and_either_a_secret_or_keys_of_its_own()
    {
        using var engines = Engines();
        var bare = await RegisterAsync(engines, Wish("engine") with { RedirectUris = [], Secret = null });
        var both = await RegisterAsync(engines, Wish("engine") with { JwksUrl = "https://engine.example/jwks" });
        var plain = await RegisterAsync(engines, Wish("engine") with { Secret = null, JwksUrl = "http://engine.example/jwks", IdTokenAlg = "HS256" });
        var ownKeys = await RegisterAsync(engines, Wish("engine") with { Secret = null, JwksUrl = "https://engine.example/jwks", IdTokenAlg = "RS256" });

        Assert.Equal(["client.redirect_uri_missing", "client.secret_missing"], bare.Select(p => p.Code));
        Assert.Equal(["client.secret_and_jwks"], both.Select(p => p.Code));
        Assert.Equal(["client.jwks_url_invalid", "client.id_token_alg_invalid"], plain.Select(p => p.Code));
        Assert.Empty(ownKeys);
        var engine = await engines.FindAsync("engine", Cancellation);
        Assert.Equal(("https://engine.example/jwks", "RS256"), (engine!.JwksUrl!.AbsoluteUri, engine.IdTokenSigning.Algorithm));
        Assert.Equal("private_key_jwt", Assert.Single(engine.Credentials).Kind);
    }

    [Fact, Trait("Requirement", "P-5.4")]
    public async Task Acceptance_of_a_newer_agreement_is_added_and_nothing_is_overwritten()
    {
        using var engines = Engines();
        var accept = new AcceptAgreement(Database.Database, engines, Database.TrailBy(clock), clock);
        await RegisterAsync(engines, Wish("engine"));
        var again = await accept.RunAsync("engine", "C. Later", Cancellation);
        await Database.ExecuteAsOwnerAsync("update gateway.engine_agreement set version = '2020-1'");
        engines.Forget();
        var waiting = (await engines.FindAsync("engine", Cancellation))!;
        clock.Advance(TimeSpan.FromDays(1));
        var accepted = await accept.RunAsync("engine", "C. Later", Cancellation);

        Assert.Equal(("A. Adult", false), (again.Value.AcceptedBy, again.Value.IsSuperseded));
        Assert.True(waiting is { Enabled: true, Agreement.IsSuperseded: true });
        Assert.Equal(new AcceptedAgreement(DataAgreement.CurrentVersion, "C. Later", clock.GetUtcNow()), accepted.Value);
        Assert.Equal(
            ["2020-1 A. Adult", $"{DataAgreement.CurrentVersion} C. Later"],
            await Database.AskAsync<string[]>("select array_agg(version || ' ' || accepted_by order by version) from gateway.engine_agreement"));
        Assert.Equal("client.unknown", Assert.Single((await accept.RunAsync("nobody", "A. Adult", Cancellation)).Failures).Code);
        Assert.Equal("client.agreement_missing", Assert.Single((await accept.RunAsync("engine", " ", Cancellation)).Failures).Code);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5001/callback")]
    [InlineData("http://localhost:5001/callback")]
    [InlineData("http://[::1]:5001/callback")]
    [InlineData("https://engine.example/callback?keep=me")]
    public async Task Loopback_and_https_addresses_are_accepted(string url)
    {
        using var engines = Engines();

        Assert.Empty(await RegisterAsync(engines, Wish("engine") with { InitiateLoginUri = url, RedirectUris = [url] }));
    }

    [Fact]
    public async Task Client_id_is_given_once()
    {
        using var engines = Engines();
        var outcomes = await Task.WhenAll(RegisterAsync(engines, Wish("engine")), RegisterAsync(engines, Wish("engine")));

        Assert.Equal("client.exists", Assert.Single(outcomes.SelectMany(o => o)).Code);
    }

    [Fact]
    public async Task District_uses_its_own_choice_else_the_only_engine()
    {
        using var engines = Engines();
        Assert.Equal(EngineOfDistrict.NotRegistered, (await engines.EngineOfDistrictAsync(null, Cancellation)).Refusal);

        await RegisterAsync(engines, Wish("one"));
        Assert.Equal("one", (await engines.EngineOfDistrictAsync(null, Cancellation)).Engine!.ClientId);

        await RegisterAsync(engines, Wish("two"));
        Assert.Equal(EngineOfDistrict.Ambiguous, (await engines.EngineOfDistrictAsync(null, Cancellation)).Refusal);
        Assert.Equal("two", (await engines.EngineOfDistrictAsync("two", Cancellation)).Engine!.ClientId);
        Assert.Equal(EngineOfDistrict.NotRegistered, (await engines.EngineOfDistrictAsync("three", Cancellation)).Refusal);
    }

    [Fact]
    public async Task Engine_that_another_process_registers_is_found_without_waiting_for_the_cache()
    {
        using var here = Engines();
        using var there = Engines();
        Assert.Null(await here.FindAsync("engine", Cancellation));
        await RegisterAsync(there, Wish("engine"));
        Assert.Null(await here.FindAsync("engine", Cancellation));

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull(await here.FindAsync("engine", Cancellation));
    }

    private static RegisterEngineClient Wish(string id) =>
        new(id, "https://engine.example/login", ["https://engine.example/callback"], Secret, JwksUrl: null, "A. Adult");

    private EngineClients Engines() => new(Database.Database, new Sealer(Database.MasterKeys), clock);

    private Task<IReadOnlyList<Failure>> RegisterAsync(EngineClients engines, RegisterEngineClient wish) =>
        new EngineRegistration(Database.Database, new Sealer(Database.MasterKeys), engines, Database.TrailBy(clock), clock).RegisterAsync(wish, Cancellation);
}
