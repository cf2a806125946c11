using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Stage;

namespace Gateway.Tests.Commands;

/// <summary>The commands by which an operator changes an engine's credentials and addresses.</summary>
[Trait("Requirement", "T-18")]
public sealed class EngineCommandTests : IAsyncLifetime
{
    private const string OneSecret = "the first made-up secret of an engine, ok";
    private readonly string folder = Directory.CreateTempSubdirectory("gateway-engines-").FullName;
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(PathOf("master"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        File.SetUnixFileMode(PathOf("master"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        database = await TestDatabase.CreateMigratedAsync("engines");
        await DoneAsync("client", "add", "engine", "--initiate-login-uri", "https://engine.example/login", "--redirect-uri", "https://engine.example/callback",
            "--secret-file", await SecretAsync(OneSecret), "--accept-agreement", "Ada Example");
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Engine_has_two_secrets_at_a_time_each_with_a_number_and_an_age_and_keeps_the_last_credential()
    {
        var first = (await CredentialsAsync()).Single().GetProperty("id").GetInt64();
        Assert.Equal("client.credential_last", await CodeAsync("client", "credential", "remove", "engine", $"{first}"));
        Assert.Equal("client.secret_short", await CodeAsync("client", "credential", "add", "engine", "--secret-file", await SecretAsync("short")));
        Assert.Equal("client.secret_known", await CodeAsync("client", "credential", "add", "engine", "--secret-file", await SecretAsync(OneSecret)));
        Assert.Equal("client.unknown", await CodeAsync("client", "credential", "add", "nobody", "--secret-file", await SecretAsync("another made-up secret of an engine, ok")));

        var added = await DoneAsync("client", "credential", "add", "engine", "--secret-file", await SecretAsync("another made-up secret of an engine, ok"));
        Assert.Equal("client.credentials_full", await CodeAsync("client", "credential", "add", "engine", "--secret-file", await SecretAsync("a third made-up secret of an engine, ok")));

        Assert.DoesNotContain("made-up", added.Output, StringComparison.Ordinal);
        var both = await CredentialsAsync();
        Assert.All(both, credential => Assert.Equal("secret", credential.GetProperty("kind").GetString()));
        Assert.True(both[0].GetProperty("createdAt").GetDateTimeOffset() < both[1].GetProperty("createdAt").GetDateTimeOffset());
        var keys = Json(await DoneAsync("keys", "list", "--json")).EnumerateArray().Where(key => key.GetProperty("kind").GetString() == "engine's secret").ToList();
        Assert.Equal(both.Select(credential => $"engine {credential.GetProperty("id").GetInt64()}"), keys.Select(key => key.GetProperty("name").GetString()));

        await DoneAsync("client", "credential", "remove", "engine", $"{first}");
        Assert.Equal("client.credential_unknown", await CodeAsync("client", "credential", "remove", "engine", $"{first}"));
        Assert.NotEqual(first, (await CredentialsAsync()).Single().GetProperty("id").GetInt64());
        // Nothing of the first secret is left.
        Assert.Equal(1, await database.AskAsync<long>("select count(*) from gateway.engine_credential"));
        Assert.True(await database.AskAsync<bool>("select secret_hash is null and jwks_url is null from gateway.engine_client"));
    }

    [Fact]
    public async Task Engine_goes_from_a_secret_to_keys_of_its_own_and_back()
    {
        Assert.Equal("client.jwks_none", await CodeAsync("client", "jwks", "engine", "--remove"));
        Assert.Equal("client.jwks_url_invalid", await CodeAsync("client", "jwks", "engine", "--url", "http://engine.example/jwks"));
        Assert.Equal(2, (await RunAsync("client", "jwks", "engine")).ExitCode);
        var secret = (await CredentialsAsync()).Single().GetProperty("id").GetInt64();

        await DoneAsync("client", "jwks", "engine", "--url", "https://engine.example/jwks");
        await DoneAsync("client", "credential", "remove", "engine", $"{secret}");
        var keys = (await CredentialsAsync()).Single();
        await DoneAsync("client", "jwks", "engine", "--url", "https://engine.example/jwks");
        Assert.Equal(keys.GetProperty("id").GetInt64(), (await CredentialsAsync()).Single().GetProperty("id").GetInt64());
        await DoneAsync("client", "jwks", "engine", "--url", "https://engine.example/new-jwks");

        var changed = (await CredentialsAsync()).Single();
        Assert.Equal("private_key_jwt", changed.GetProperty("kind").GetString());
        // Another address is another credential: tokens that were given for the first one end.
        Assert.NotEqual(keys.GetProperty("id").GetInt64(), changed.GetProperty("id").GetInt64());
        Assert.Equal("https://engine.example/new-jwks", (await EngineAsync()).GetProperty("jwksUrl").GetString());
        Assert.Equal("client.credential_last", await CodeAsync("client", "jwks", "engine", "--remove"));
        await DoneAsync("client", "credential", "add", "engine", "--secret-file", await SecretAsync(OneSecret));
        await DoneAsync("client", "jwks", "engine", "--remove");
        Assert.Equal("secret", (await EngineAsync()).GetProperty("authentication").GetString());
    }

    [Fact]
    public async Task Addresses_of_an_engine_are_changed_and_the_last_redirect_address_stays()
    {
        Assert.Equal("client.redirect_uri_missing", await CodeAsync("client", "redirect", "remove", "engine", "https://engine.example/callback"));
        Assert.Equal("client.redirect_uri_unknown", await CodeAsync("client", "redirect", "remove", "engine", "https://engine.example/Callback"));
        Assert.Equal("client.redirect_uri_invalid", await CodeAsync("client", "redirect", "add", "engine", "http://engine.example/callback"));
        Assert.Equal("client.unknown", await CodeAsync("client", "redirect", "add", "nobody", "https://engine.example/callback"));
        Assert.Equal("client.unknown", await CodeAsync("client", "redirect", "list", "nobody"));
        Assert.Equal("client.initiate_login_uri_invalid", await CodeAsync("client", "initiate-login", "engine", "engine.example"));

        await DoneAsync("client", "redirect", "add", "engine", "https://new.example/callback");
        await DoneAsync("client", "redirect", "add", "engine", "https://new.example/callback");
        await DoneAsync("client", "redirect", "remove", "engine", "https://engine.example/callback");
        await DoneAsync("client", "initiate-login", "engine", "https://new.example/login");

        Assert.Equal(["https://new.example/callback"], Json(await DoneAsync("client", "redirect", "list", "engine", "--json")).EnumerateArray().Select(uri => uri.GetString()));
        Assert.Equal("https://new.example/login", (await EngineAsync()).GetProperty("initiateLoginUri").GetString());
        // Each change once; what changed nothing is not told.
        Assert.Equal(
            ["engine.redirect_uri_added", "engine.redirect_uri_removed", "engine.initiate_login_uri_changed"],
            await database.AskAsync<string[]>("select array_agg(action order by sequence) from gateway.audit_entry where district_id = 0 and action like 'engine.%uri%'"));
    }

    [Fact]
    public async Task Suspended_engine_is_listed_as_such_and_registering_a_second_one_says_what_the_first_keeps()
    {
        await DoneAsync("district", "add", "maple", "--name", "Maple", "--time-zone", "UTC");
        var second = await DoneAsync("client", "add", "second", "--initiate-login-uri", "https://second.example/login", "--redirect-uri", "https://second.example/callback",
            "--secret-file", await SecretAsync(OneSecret), "--accept-agreement", "Ada Example");
        Assert.Contains("maple keeps engine", second.Output, StringComparison.Ordinal);

        await DoneAsync("client", "suspend", "engine");
        Assert.Contains("suspended since", (await DoneAsync("client", "list")).Output, StringComparison.Ordinal);
        Assert.False((await EngineAsync()).GetProperty("enabled").GetBoolean());
        Assert.False(Json(await DoneAsync("client", "suspend", "engine", "--json")).GetProperty("changed").GetBoolean());
        await DoneAsync("client", "resume", "engine");
        Assert.True((await EngineAsync()).GetProperty("enabled").GetBoolean());

        Assert.Equal("client.in_use", await CodeAsync("client", "remove", "engine", "--by", "Ada Example"));
        Assert.Equal(2, (await RunAsync("client", "remove", "engine", "--by", "Ada Example", "--with", "everything")).ExitCode);
        Assert.Equal(2, (await RunAsync("client", "remove", "engine", "--with", "districts")).ExitCode);
        var removed = Json(await DoneAsync("client", "remove", "engine", "--by", "Ada Example", "--with", "districts", "--json"));
        Assert.Equal("maple", removed.GetProperty("districts")[0].GetProperty("district").GetString());
        Assert.Equal("second", Json(await DoneAsync("client", "list", "--json"))[0].GetProperty("id").GetString());
    }

    private async Task<JsonElement> EngineAsync() => Json(await DoneAsync("client", "list", "--json")).EnumerateArray().Single(engine => engine.GetProperty("id").GetString() == "engine");

    private async Task<List<JsonElement>> CredentialsAsync() => [.. (await EngineAsync()).GetProperty("credentials").EnumerateArray()];

    private async Task<string> SecretAsync(string secret)
    {
        await File.WriteAllTextAsync(PathOf("secret"), secret + "\n");
        return PathOf("secret");
    }

    private string PathOf(string name) => Path.Combine(folder, name);

    private Task<Ended> RunAsync(params string[] arguments) => InProcessCommand.RunAsync(
        new Dictionary<string, string?> { ["ConnectionStrings__Gateway"] = database.OwnerConnectionString, ["Gateway__MasterKeyFile"] = PathOf("master"), ["Gateway__DataDirectory"] = PathOf("data") }, arguments);

    private async Task<Ended> DoneAsync(params string[] arguments)
    {
        var ended = await RunAsync(arguments);
        Assert.True(ended.ExitCode == 0, ended.Error + ended.Output);
        return ended;
    }

    private async Task<string?> CodeAsync(params string[] arguments) =>
        Json(await RunAsync([.. arguments, "--json"])).GetProperty("errors")[0].GetProperty("code").GetString();

    private static JsonElement Json(Ended ended) => JsonDocument.Parse(ended.Output).RootElement;
}
