using System.Diagnostics;
using Gateway.Stage;
using Gateway.Tests.House;
using Gateway.Tests.Rostering;

namespace Gateway.Tests.Engine.WalkThrough;

/// <summary>What docs/engine.md tells an engine's engineers to type, typed.</summary>
public sealed class WalkThroughTests(EngineStage stage) : IClassFixture<EngineStage>
{
    [Fact]
    public async Task Commands_of_the_walk_through_run_as_they_stand()
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", BlockOf("sh", "TOKEN=$(")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GATEWAY"] = stage.Stage.GatewayUrl;
        start.Environment["CLIENT"] = TestStage.EngineId;
        start.Environment["SECRET"] = Uri.EscapeDataString(TestStage.EngineSecret);
        start.Environment["DISTRICT"] = TestStage.DistrictSlug;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        var answers = output.Split("}{");
        Assert.Equal(5, answers.Length);
        Assert.Contains($"\"id\":\"{TestStage.DistrictSlug}\"", answers[0], StringComparison.Ordinal);
        Assert.Equal(3, answers.Count(answer => answer.Contains("\"next\":", StringComparison.Ordinal)));
        Assert.Contains("\"data\":[],\"cursor\":", answers[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_of_the_walk_through_keeps_a_copy_that_stays_true()
    {
        using var http = new HttpClient { BaseAddress = new Uri(stage.Stage.GatewayUrl) };
        var copy = new RosterCopy(http, TestStage.EngineId, TestStage.EngineSecret, TestStage.DistrictSlug);
        await copy.SignInAsync();
        var cursor = await copy.ReadAllAsync();
        Assert.Equal(8, copy.Learners.Count);

        await stage.ImportAsync(new MadeUpRoster().Person("student-7", "student", "south").Enroll("student-7", "class-3"));
        cursor = await copy.FollowAsync(cursor);
        Assert.Equal(9, copy.Learners.Count);
        await stage.ImportAsync(new MadeUpRoster());
        await copy.FollowAsync(cursor);

        Assert.Equal(
            (await EngineStage.AllAsync(stage.Engine, "learners")).Select(row => row.GetRawText()).Order(StringComparer.Ordinal),
            copy.Learners.Values.Select(row => row.GetRawText()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Program_in_the_document_is_the_one_that_is_run()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "tests/Gateway.Tests/Engine/WalkThrough/RosterCopy.cs"));

        Assert.Equal(source[(source.LastIndexOf("// docs/engine.md\n", StringComparison.Ordinal) + 18)..].Trim(), BlockOf("csharp", "sealed class RosterCopy").Trim());
    }

    [Fact]
    public void Walk_through_is_no_longer_than_sixty_lines() =>
        Assert.InRange(BlockOf("sh", "TOKEN=$(").Trim().Split('\n').Length + BlockOf("csharp", "sealed class RosterCopy").Trim().Split('\n').Length, 1, 60);

    private static string BlockOf(string language, string begins)
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs/engine.md"));
        var start = document.LastIndexOf($"```{language}\n{begins}", StringComparison.Ordinal) + 4 + language.Length;
        return document[start..document.IndexOf("\n```", start, StringComparison.Ordinal)];
    }
}
