using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Identity;
using Gateway.Stage;

namespace Gateway.Tests.Commands;

/// <summary>The commands by which an operator registers engines.</summary>
public sealed class ClientCommandTests : IAsyncLifetime
{
    private readonly string masterKeyFile = Path.GetTempFileName();
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(masterKeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        database = await TestDatabase.CreateMigratedAsync("clients");
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        File.Delete(masterKeyFile);
    }

    [Fact]
    [Trait("Requirement", "P-5.4")]
    public async Task Agreements_are_listed_with_who_accepted_them_and_what_waits()
    {
        string[] add = ["client", "add", "engine", "--initiate-login-uri", "https://engine.example/login", "--redirect-uri", "https://engine.example/callback"];
        Assert.Equal(2, (await RunAsync([.. add, "--jwks-url", "https://engine.example/jwks"])).ExitCode);
        Assert.Equal(2, (await RunAsync([.. add, "--jwks-url", "https://engine.example/jwks", "--accept-agreement", "Ada", "--id-token-alg", "HS256"])).ExitCode);
        Assert.Equal((1, "client.secret_missing"), await CodeAsync([.. add, "--accept-agreement", "Ada Example"]));
        var added = await RunAsync([.. add, "--jwks-url", "https://engine.example/jwks", "--accept-agreement", "Ada Example", "--id-token-alg", "RS256"]);
        Assert.Equal(0, added.ExitCode);
        await database.ExecuteAsync("update gateway.engine_agreement set version = '2020-1', accepted_at = '2020-09-01T08:00:00Z'");

        var old = Json(await RunAsync("client", "list", "--json"))[0];
        Assert.Equal(("private_key_jwt", "RS256"), (old.GetProperty("authentication").GetString(), old.GetProperty("idTokenAlg").GetString()));
        Assert.Equal(
            ("2020-1", "Ada Example", DataAgreement.CurrentVersion),
            (old.GetProperty("agreementVersion").GetString(), old.GetProperty("agreementAcceptedBy").GetString(), old.GetProperty("agreementWaiting").GetString()));
        Assert.Contains(
            $"agreement 2020-1, accepted by Ada Example on 2020-09-01 08:00Z; {DataAgreement.CurrentVersion} waits to be accepted",
            (await RunAsync("client", "list")).Output, StringComparison.Ordinal);

        Assert.Equal(2, (await RunAsync("client", "accept", "engine")).ExitCode);
        Assert.Equal((1, "client.unknown"), await CodeAsync("client", "accept", "nobody", "--by", "Bob Example"));
        Assert.Equal(0, (await RunAsync("client", "accept", "engine", "--by", "Bob Example")).ExitCode);
        var now = Json(await RunAsync("client", "list", "--json"))[0];
        Assert.Equal("Bob Example", now.GetProperty("agreementAcceptedBy").GetString());
        Assert.False(now.TryGetProperty("agreementWaiting", out _));
        Assert.Equal(2, await database.AskAsync<long>("select count(*) from gateway.engine_agreement"));
    }

    private Task<Ended> RunAsync(params string[] arguments) => InProcessCommand.RunAsync(
        new Dictionary<string, string?> { ["ConnectionStrings__Gateway"] = database.OwnerConnectionString, ["Gateway__MasterKeyFile"] = masterKeyFile, ["Gateway__DataDirectory"] = $"{masterKeyFile}.data" }, arguments);

    private async Task<(int ExitCode, string? Code)> CodeAsync(params string[] arguments)
    {
        var ended = await RunAsync([.. arguments, "--json"]);
        return (ended.ExitCode, Json(ended).GetProperty("errors")[0].GetProperty("code").GetString());
    }

    private static JsonElement Json(Ended ended) => JsonDocument.Parse(ended.Output).RootElement;
}
