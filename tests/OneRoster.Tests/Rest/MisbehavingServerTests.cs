using OneRoster.Model;

namespace OneRoster.Tests.Rest;

/// <summary>
/// The roster of the sample SIS, read over HTTP while it misbehaves: every row once, or a failure with a code, and never something in
/// between. What came of each case stands in <c>artifacts/misbehaviours.md</c>.
/// </summary>
public sealed class MisbehavingServerTests(ITestOutputHelper output)
{
    private readonly List<string> table = ["| the server | ends with | findings | read again |", "|---|---|---|---|"];
    private readonly List<string> wrong = [];

    [Fact]
    [Trait("Requirement", "R-1.1")]
    [Trait("Requirement", "R-1.2")]
    [Trait("Requirement", "R-1.3")]
    [Trait("Requirement", "R-1.4")]
    [Trait("Requirement", "R-1.5")]
    public async Task Every_row_is_read_once_or_the_reading_fails_with_its_code()
    {
        foreach (var one in MisbehavingCases.All)
            await RunAsync(one);

        var text = string.Join('\n', table) + "\n";
        output.WriteLine(text);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(Root(), "artifacts")).FullName, "misbehaviours.md"), text, TestContext.Current.CancellationToken);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private async Task RunAsync(MisbehavingCase one)
    {
        await using var stage = await SisStage.StartAsync();
        stage.Sis.Faults.Lasting = one.Lasting;
        one.Before?.Invoke(stage.Sis);
        List<string>? rows = null;
        RosterSourceException? failure = null;
        try
        {
            rows = await stage.ReadAsync(stage.Observer, options => one.With?.Invoke(stage, options) ?? options);
        }
        catch (RosterSourceException e)
        {
            failure = e;
        }

        var findings = stage.Observer.Findings.Select(finding => finding.Rule).Distinct().Order(StringComparer.Ordinal).ToList();
        table.Add($"| {one.Name} | {(failure is null ? "every row" : $"`{failure.Code}`")} | {string.Join(", ", findings.Select(rule => $"`{rule}`"))} | {stage.Observer.Restarts.Count} |");
        Check(one.Name, $"code {failure?.Message}", failure?.Code == one.Fails);
        Check(one.Name, $"findings {string.Join(' ', findings)}", findings.SequenceEqual(one.Findings.Order(StringComparer.Ordinal)));
        Check(one.Name, $"restarts {stage.Observer.Restarts.Count}", stage.Observer.Restarts.Count == one.Restarts || (one.MayMeetThePageAhead && stage.Observer.Restarts.Count == one.Restarts - 1));
        Check(one.Name, "wait", one.Waits is null || stage.Time.Waits.Contains(one.Waits.Value));
        Check(one.Name, "failure holds nothing of the answer", failure is null || !failure.ToString().Contains("We will be back", StringComparison.Ordinal));
        Check(one.Name, "no demographics", !stage.State.Stats.DemographicsAsked);
        if (rows is null)
            return;

        // The roster as it is now, from a server that behaves; roles of 1.1 have no dates, and none are read here.
        stage.Sis.Faults.Clear();
        var all = await stage.ReadAsync(new Observer());
        Check(one.Name, $"rows {rows.Count} of {all.Count}", rows.Count == all.Count - one.Fewer && !rows.Except(all).Any() && rows.Distinct().Count() == rows.Count);
    }

    private void Check(string name, string what, bool holds)
    {
        if (!holds)
            wrong.Add($"{name}: {what}");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Gateway.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
