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
    public async Task Missing_master_key_is_said_with_a_code()
    {
        var ended = await GatewayProcess.RunAsync(
            new Dictionary<string, string?> { ["ConnectionStrings__Gateway"] = TestCluster.OwnerConnectionString }, "district", "list", "--json");

        Assert.Equal((1, "storage.master_key"), (ended.ExitCode, FirstCode(ended)));
    }

    private Task<Ended> RunAsync(params string[] arguments) => GatewayProcess.RunAsync(new Dictionary<string, string?> { ["Gateway__DataDirectory"] = directory }, arguments);

    private static JsonElement Json(Ended ended) => JsonDocument.Parse(ended.Output).RootElement;

    private static string? FirstCode(Ended ended) => Json(ended).GetProperty("errors")[0].GetProperty("code").GetString();
}
