using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Platforms;
using Gateway.Stage;

namespace Gateway.Tests.Commands;

/// <summary>The commands as an operator runs them, on a server of the operator's own.</summary>
public sealed class PlatformCommandTests : IAsyncLifetime
{
    private readonly string masterKeyFile = Path.GetTempFileName();
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(masterKeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        database = await TestDatabase.CreateMigratedAsync("commands");
        Assert.Equal(0, (await RunAsync("district", "add", "maple", "--name", "Maple Valley", "--time-zone", "America/Chicago")).ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        File.Delete(masterKeyFile);
    }

    [Fact]
    [Trait("Requirement", "L-2.3")]
    public async Task Platforms_are_described_added_checked_and_removed()
    {
        var values = await RunAsync("platform", "values", "maple", "--kind", "moodle");
        Assert.Equal(0, values.ExitCode);
        Assert.Contains("Initiate login URL", values.Output, StringComparison.Ordinal);
        Assert.Equal((2, "usage"), await CodeAsync("platform", "add", "maple", "--kind", "canvas"));

        // A Moodle on this machine, where nobody listens.
        var added = Json(await RunAsync("platform", "add", "maple", "--kind", "moodle", "--issuer", "http://127.0.0.1:9", "--client-id", "c1", "--json"));
        Assert.Equal("http://127.0.0.1:9", added.GetProperty("issuer").GetString());
        var id = added.GetProperty("id").GetRawText();
        var wrong = await RunAsync("platform", "add", "maple", "--kind", "other", "--client-id", "c1", "--json");
        Assert.Equal((1, 4), (wrong.ExitCode, Json(wrong).GetProperty("errors").GetArrayLength()));

        var tried = await RunAsync("platform", "check", "maple", id, "--json");
        Assert.Equal(1, tried.ExitCode);
        Assert.Contains("lti.check_authorization_unreachable", tried.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync("platform", "remove", "maple", id)).ExitCode);
        Assert.Equal("removed", Json(await RunAsync("platform", "list", "maple", "--json"))[0].GetProperty("state").GetString());
        Assert.Equal("active", Json(await RunAsync("platform", "approve", "maple", id, "--json")).GetProperty("state").GetString());
        Assert.Equal((1, "platform.unknown"), await CodeAsync("platform", "approve", "maple", "4711"));
    }

    [Fact]
    [Trait("Requirement", "T-8")]
    public async Task Every_kind_can_be_added_and_shows_the_audience_of_its_assertions()
    {
        foreach (var kind in PlatformKinds.All)
        {
            var added = Json(await RunAsync(
                "platform", "add", "maple", "--kind", kind.Name, "--client-id", $"client-{kind.Name}", "--deployment-id", "d", "--json",
                "--issuer", "https://lms.example", "--authorize-url", "https://lms.example/a", "--token-url", "https://lms.example/t", "--jwks-url", "https://lms.example/j"));
            Assert.Equal(kind.Name, added.GetProperty("kind").GetString());
            Assert.False(added.TryGetProperty("tokenAudience", out _));
        }

        Assert.Equal(0, (await RunAsync("platform", "add", "maple", "--kind", "brightspace", "--client-id", "b", "--issuer", "https://maple.brightspace.com")).ExitCode);
        Assert.Equal("https://api.brightspace.com/auth/token", await database.AskAsync<string>("select token_audience from gateway.registration where client_id = 'b'"));
        Assert.Contains("https://api.brightspace.com/auth/token", (await RunAsync("platform", "list", "maple")).Output, StringComparison.Ordinal);
        Assert.Equal((1, "platform.deployment_id_missing"), await CodeAsync("platform", "add", "maple", "--kind", "blackboard", "--client-id", "c"));
    }

    [Fact]
    [Trait("Requirement", "L-2.1")]
    public async Task Invitation_is_a_link_that_is_good_for_as_long_as_asked()
    {
        var invited = Json(await RunAsync("platform", "invite", "maple", "--valid-for", "24", "--json"));
        Assert.Contains("/lti/register?invitation=", invited.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, "platform.validity_invalid"), await CodeAsync("platform", "invite", "maple", "--valid-for", "0"));
    }

    [Fact]
    [Trait("Requirement", "L-2.5")]
    public async Task Rotation_is_begun_once_or_done_at_once()
    {
        var turned = await RunAsync("keys", "rotate", "--purpose", "lti", "--json");
        Assert.Equal((0, true), (turned.ExitCode, Json(turned)[0].GetProperty("begun").GetBoolean()));
        Assert.False(Json(await RunAsync("keys", "rotate", "--purpose", "lti", "--json"))[0].GetProperty("begun").GetBoolean());
        Assert.Equal(3, Json(await RunAsync("keys", "rotate", "--now", "--json")).GetArrayLength());
        Assert.Equal(2, (await RunAsync("keys", "rotate", "--purpose", "nonsense")).ExitCode);
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
