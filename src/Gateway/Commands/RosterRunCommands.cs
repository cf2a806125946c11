using System.CommandLine;
using System.Text.Json;
using Gateway.Rostering;

namespace Gateway.Commands;

/// <summary><c>roster sync|import|approve|runs</c></summary>
internal static class RosterRunCommands
{
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Read, check and compare; change nothing." };

    public static Command Sync()
    {
        var queue = new Option<bool>("--queue") { Description = "Have a gateway that serves run it, and do not wait." };
        var command = new Command("sync", "Pull a district's roster now.") { DistrictCommands.District, DryRun, queue };
        command.Validators.Add(given =>
        {
            if (given.GetValue(queue) && given.GetValue(DryRun))
                given.AddError("--queue and --dry-run do not go together: what is asked for is applied.");
        });
        return command.RunsForDistrict(async (invocation, district) =>
        {
            if (!invocation.Parsed.GetValue(queue))
                return await RunAsync(invocation, district.Slug, progress =>
                    invocation.Get<RosterSync>().RunAsync(district.Id, RosterTrigger.Command, invocation.Parsed.GetValue(DryRun), invocation.Cancellation, progress));
            return await invocation.Get<IRosterSchedules>().RunNowAsync(district.Id, invocation.Cancellation)
                ? invocation.Output.Done(new { queued = true }, $"Asked for: a gateway that serves runs it within seconds. See `roster runs {district.Slug}`.")
                : invocation.Output.Failed([RosterMessages.Failure(RosterCodes.NotConnected)]);
        });
    }

    public static Command Import()
    {
        var path = new Argument<string>("path") { Description = "A OneRoster CSV archive, or a folder with its files.", HelpName = "ZIP|DIR" };
        var approve = new Option<bool>("--approve") { Description = "Do not wait for an approval, whatever would be removed: you have looked." };
        return new Command("import", "Take a district's roster from CSV files.") { DistrictCommands.District, path, DryRun, approve }.RunsForDistrict((invocation, district) =>
            RunAsync(invocation, district.Slug, progress => invocation.Get<RosterImport>().RunAsync(
                district.Id, invocation.Parsed.GetValue(path)!, invocation.Parsed.GetValue(DryRun), invocation.Parsed.GetValue(approve), invocation.Cancellation, progress)));
    }

    public static Command Approve()
    {
        var number = new Option<long?>("--run") { Description = "The run to approve; the one that waits when left out.", HelpName = "NUMBER" };
        return new Command("approve", "Apply the run that waits, after looking at its before and after.") { DistrictCommands.District, number }.RunsForDistrict((invocation, district) =>
            RunAsync(invocation, district.Slug, progress =>
                invocation.Get<RosterApproval>().RunAsync(district.Id, invocation.Parsed.GetValue(number), invocation.Cancellation, progress)));
    }

    public static Command Runs()
    {
        var number = new Option<long?>("--run") { Description = "One run in full.", HelpName = "NUMBER" };
        return new Command("runs", "The latest runs of a district; how far the present one is.") { DistrictCommands.District, number }.RunsForDistrict(async (invocation, district) =>
        {
            var runs = await invocation.Get<RosterRuns>().ListAsync(district.Id, 20, invocation.Parsed.GetValue(number), invocation.Cancellation);
            return invocation.Output.Done(
                runs.Select(r => new
                {
                    r.Run.Id,
                    r.Run.Trigger,
                    r.Run.DryRun,
                    r.Run.AdditionsOnly,
                    r.Run.Approves,
                    r.Run.SameAs,
                    r.Run.State,
                    r.Run.Phase,
                    r.Run.Step,
                    r.Run.Steps,
                    r.Run.RowsPerSecond,
                    r.Run.SecondsLeft,
                    r.Run.Code,
                    r.Run.StartedAt,
                    r.Run.FinishedAt,
                    rows = Json(r.Run.Rows),
                    expected = Json(r.Run.Expected),
                    leftOut = Json(r.Run.LeftOut),
                    changes = Json(r.Run.Changes),
                    phases = Json(r.Run.Phases),
                    comparison = RosterComparison.FromJson(r.Run.Comparison),
                    findings = r.Findings.Select(f => new { f.Rule, f.Severity, f.Collection, f.Field, f.FirstLine, f.Count }),
                }),
                invocation.Parsed.GetValue(number) is null ? runs.Select(RosterReport.LineOf) : runs.SelectMany(RosterReport.PageOf));
        });
    }

    private static async Task<int> RunAsync(Invocation invocation, string district, Func<IProgress<RosterProgress>?, Task<RosterRunOutcome>> start)
    {
        var run = invocation.Output.IsJson ? await start(null) : await ProgressDisplay.ShowAsync(invocation.Parsed.InvocationConfiguration.Error, invocation.Get<TimeProvider>(), start);
        var result = new { run.RunId, run.State, run.Code, run.Rows, run.LeftOut, run.Changes, run.Findings, run.Comparison, run.SameAs };
        var lines = RosterReport.LinesOf(run, district);
        return run.State switch
        {
            RosterRunState.Failed => invocation.Output.Failed([run.Failure!], result, lines),
            RosterRunState.Waiting => invocation.Output.Waiting(result, lines),
            _ => invocation.Output.Done(result, lines),
        };
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
