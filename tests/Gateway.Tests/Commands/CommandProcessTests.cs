using System.Text.Json;
using Gateway.Stage;

namespace Gateway.Tests.Commands;

/// <summary>The built program as an operator runs it, with the private database that it makes itself.</summary>
public sealed class CommandProcessTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("gateway-commands-").FullName;

    // As a checkout is: the database's own account can reach it, so that the cluster lies inside and goes with it.
    public CommandProcessTests() => File.SetUnixFileMode(
        directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Commands_end_with_the_agreed_codes_and_say_the_agreed_json()
    {
        // Nothing to open: no database is started for these.
        var usage = await RunAsync("district", "add", "maple");
        Assert.Equal((2, ""), (usage.ExitCode, usage.Output));
        Assert.Contains("--name", usage.Error, StringComparison.Ordinal);
        var usageJson = await RunAsync("district", "nonsense", "--json");
        Assert.Equal((2, "usage"), (usageJson.ExitCode, FirstCode(usageJson)));

        var added = await RunAsync("district", "add", "maple", "--name", "Maple Valley", "--time-zone", "America/Chicago", "--contract-end", "2030-06-30", "--json");
        Assert.Equal(0, added.ExitCode);
        Assert.Equal(["contractEnd", "name", "slug", "timeZone"], Json(added).EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal("2030-06-30", Json(added).GetProperty("contractEnd").GetString());

        var again = await RunAsync("district", "add", "maple", "--name", "Maple Valley", "--time-zone", "America/Chicago", "--json");
        Assert.Equal((1, "district.exists"), (again.ExitCode, FirstCode(again)));

        var unknown = await RunAsync("roster", "sync", "oak");
        Assert.Equal((1, ""), (unknown.ExitCode, unknown.Output));
        Assert.StartsWith("district.", unknown.Error, StringComparison.Ordinal);

        var shown = await RunAsync("district", "show", "maple", "--json");
        Assert.Equal(0, shown.ExitCode);
        Assert.Equal(0, Json(shown).GetProperty("counts").GetProperty("learners").GetInt64());
        Assert.True(File.Exists(Path.Combine(directory, "master.key")));
    }

    [Fact]
    [Trait("Requirement", "L-2.3")]
    public async Task Platforms_are_described_added_checked_and_removed_by_command()
    {
        Assert.Equal(0, (await RunAsync("district", "add", "maple", "--name", "Maple Valley", "--time-zone", "America/Chicago")).ExitCode);
        var values = await RunAsync("platform", "values", "maple", "--kind", "moodle");
        Assert.Equal(0, values.ExitCode);
        Assert.Contains("Initiate login URL", values.Output, StringComparison.Ordinal);
        Assert.Equal((2, "usage"), await CodeAsync("platform", "add", "maple", "--kind", "canvas"));

        // A Moodle on this machine, where nobody listens.
        var added = await RunAsync("platform", "add", "maple", "--kind", "moodle", "--issuer", "http://127.0.0.1:9", "--client-id", "c1", "--json");
        Assert.Equal((0, "http://127.0.0.1:9"), (added.ExitCode, Json(added).GetProperty("issuer").GetString()));
        var id = Json(added).GetProperty("id").GetRawText();
        var wrong = await RunAsync("platform", "add", "maple", "--kind", "other", "--client-id", "c1", "--json");
        Assert.Equal((1, 4), (wrong.ExitCode, Json(wrong).GetProperty("errors").GetArrayLength()));

        var checkedOne = await RunAsync("platform", "check", "maple", id, "--json");
        Assert.Equal(1, checkedOne.ExitCode);
        Assert.Contains("lti.check_authorization_unreachable", checkedOne.Output, StringComparison.Ordinal);
        var invited = await RunAsync("platform", "invite", "maple", "--valid-for", "24", "--json");
        Assert.Contains("/lti/register?invitation=", Json(invited).GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, "platform.validity_invalid"), await CodeAsync("platform", "invite", "maple", "--valid-for", "0"));

        Assert.Equal(0, (await RunAsync("platform", "remove", "maple", id)).ExitCode);
        Assert.Equal("removed", Json(await RunAsync("platform", "list", "maple", "--json"))[0].GetProperty("state").GetString());
        Assert.Equal("active", Json(await RunAsync("platform", "approve", "maple", id, "--json")).GetProperty("state").GetString());
        Assert.Equal((1, "platform.unknown"), await CodeAsync("platform", "approve", "maple", "4711"));

        var turned = await RunAsync("keys", "rotate", "--purpose", "lti", "--json");
        Assert.Equal((0, true), (turned.ExitCode, Json(turned)[0].GetProperty("begun").GetBoolean()));
        Assert.False(Json(await RunAsync("keys", "rotate", "--purpose", "lti", "--json"))[0].GetProperty("begun").GetBoolean());
        Assert.Equal(2, Json(await RunAsync("keys", "rotate", "--now", "--json")).GetArrayLength());
        Assert.Equal(2, (await RunAsync("keys", "rotate", "--purpose", "nonsense")).ExitCode);
    }

    [Fact]
    public async Task Missing_master_key_is_said_with_a_code()
    {
        var ended = await GatewayProcess.RunAsync(
            new Dictionary<string, string?> { ["ConnectionStrings__Gateway"] = TestCluster.OwnerConnectionString }, "district", "list", "--json");

        Assert.Equal((1, "storage.master_key"), (ended.ExitCode, FirstCode(ended)));
    }

    private Task<Ended> RunAsync(params string[] arguments) => GatewayProcess.RunAsync(new Dictionary<string, string?> { ["Gateway__DataDirectory"] = directory }, arguments);

    private async Task<(int ExitCode, string? Code)> CodeAsync(params string[] arguments)
    {
        var ended = await RunAsync([.. arguments, "--json"]);
        return (ended.ExitCode, FirstCode(ended));
    }

    private static JsonElement Json(Ended ended) => JsonDocument.Parse(ended.Output).RootElement;

    private static string? FirstCode(Ended ended) => Json(ended).GetProperty("errors")[0].GetProperty("code").GetString();
}
