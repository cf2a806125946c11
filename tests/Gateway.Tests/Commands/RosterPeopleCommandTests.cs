using System.Text;
using System.Text.Json;
using Gateway.Stage;
using Gateway.Tests.Engine;

namespace Gateway.Tests.Commands;

[Trait("Requirement", "T-1")]
public sealed class RosterPeopleCommandTests(EngineStage stage) : IClassFixture<EngineStage>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Administrator_looks_joins_and_splits_by_numbers_alone_and_the_engine_is_told()
    {
        var sub = (await stage.Stage.LaunchAsync("student-1", stage.Engine)).GetProperty("sub").GetString();
        var own = await FindAsync("--lms-id-file", stage.Stage.PersonOf("student-1").UserId, "--platform", $"{await stage.Stage.Database.AskAsync<int>("select min(id) from gateway.registration")}");
        var rostered = await FindAsync("--sis-id-file", "student-1");
        var teacher = await FindAsync("--sis-id-file", "teacher-1");
        Assert.NotEqual(own, rostered);
        Assert.Equal("person.unknown", Error(await RunAsync(Encoding.UTF8.GetBytes("nobody"), "find", "--sis-id-file", "-")));

        Assert.Equal("people.roles_differ", Error(await RunAsync("join", $"{own}", $"{teacher}")));
        var cursor = (await stage.Engine.GetAsync($"{EngineStage.Root}/changes?after=latest", "events.read")).Json.GetProperty("cursor").GetString();
        // The platform says another SIS id of them than the roster.
        var asked = await RunAsync("join", $"{own}", $"{rostered}");
        Assert.Equal((3, "sis_differs"), (asked.ExitCode, JsonDocument.Parse(asked.Output).RootElement.GetProperty("against")[0].GetString()));
        var joined = Json(await RunAsync("join", $"{own}", $"{rostered}", "--confirm"));
        var listed = Json(await RunAsync("conflicts"));
        Assert.Equal(joined.GetProperty("join").GetInt64(), listed.GetProperty("joins")[0].GetProperty("id").GetInt64());
        Assert.Equal("operator", listed.GetProperty("joins")[0].GetProperty("cause").GetString());
        var split = Json(await RunAsync("split", $"{joined.GetProperty("join").GetInt64()}"));
        Assert.Equal(Math.Max(own, rostered), split.GetProperty("learner").GetInt64());

        var changes = (await stage.Engine.GetAsync($"{EngineStage.Root}/changes?after={cursor}", "events.read")).Json.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(["merged", "split"], changes.Select(change => change.GetProperty("kind").GetString()));
        Assert.Equal(changes[0].GetProperty("learner").GetString(), changes[1].GetProperty("learner").GetString());
        Assert.Equal(changes[0].GetProperty("into").GetString(), changes[1].GetProperty("from").GetString());
        Assert.False(changes[1].TryGetProperty("into", out _));
        Assert.Equal(sub, (await stage.Stage.LaunchAsync("student-1", stage.Engine)).GetProperty("sub").GetString());

        var again = await RunAsync("join", $"{own}", $"{rostered}");
        Assert.Equal(3, again.ExitCode);
        Assert.Contains("split", JsonDocument.Parse(again.Output).RootElement.GetProperty("against").EnumerateArray().Select(one => one.GetString()));
        var told = await InProcessCommand.RunAsync(stage.Stage.EnvironmentSettings(), "roster", "people", TestStage.DistrictSlug, "join", $"{own}", $"{rostered}");
        Assert.Contains("Somebody has split them.", told.Output, StringComparison.Ordinal);
        Assert.Contains("--confirm", told.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("join", $"{own}", $"{rostered}", "--confirm")).ExitCode);
        Assert.Equal("people.join_unknown", Error(await RunAsync("split", "999999")));
        var actions = (await stage.Get<Gateway.Privacy.ListAudit>().RunAsync(stage.District, 20, Cancellation)).Select(line => line.Action).ToList();
        Assert.Equal((2, 1), (actions.Count(action => action == "people.joined"), actions.Count(action => action == "people.split")));
    }

    [Fact]
    public async Task Follow_platform_is_shown_with_where_it_is_without_effect()
    {
        var shown = Json(await InProcessCommand.RunAsync(stage.Stage.EnvironmentSettings(), "roster", "settings", TestStage.DistrictSlug, "--follow-platform", "on", "--json"));
        Assert.True(shown.GetProperty("followPlatform").GetBoolean());
        Assert.Equal(0, shown.GetProperty("neverFollowed").GetArrayLength());
        await InProcessCommand.RunAsync(stage.Stage.EnvironmentSettings(), "roster", "settings", TestStage.DistrictSlug, "--follow-platform", "off");
    }

    private async Task<long> FindAsync(string option, string id, params string[] more) =>
        Json(await RunAsync(Encoding.UTF8.GetBytes(id), ["find", option, "-", .. more])).GetProperty("learner").GetInt64();

    private Task<Ended> RunAsync(params string[] arguments) => RunAsync([], arguments);

    private Task<Ended> RunAsync(byte[] input, params string[] arguments) =>
        InProcessCommand.RunAsync(stage.Stage.EnvironmentSettings(), input, ["roster", "people", TestStage.DistrictSlug, .. arguments, "--json"]);

    private static JsonElement Json(Ended ended)
    {
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Error);
        return JsonDocument.Parse(ended.Output).RootElement;
    }

    private static string? Error(Ended ended) => JsonDocument.Parse(ended.Output).RootElement.GetProperty("errors")[0].GetProperty("code").GetString();
}
