using System.CommandLine;
using System.Globalization;
using Gateway.Privacy;

namespace Gateway.Commands;

/// <summary><c>privacy retention</c></summary>
internal static class RetentionCommand
{
    public static Command Retention()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Count what is due, delete nothing." };
        return new Command("retention", "Delete what is due, by every rule, as the gateway does once a day.") { dryRun }.Runs(async invocation =>
        {
            var kept = await invocation.Get<RetentionClock>().RunAsync(invocation.Parsed.GetValue(dryRun), invocation.Cancellation);
            if (!kept.Succeeded)
                return invocation.Output.Failed(kept.Failures);
            var report = kept.Value;
            return report.Failed == 0
                ? invocation.Output.Done(report, LinesOf(report))
                : invocation.Output.Failed(
                    [new("retention.incomplete", $"{report.Failed} districts could not be looked after: see the log. The next run tries again.")], report, LinesOf(report));
        });
    }

    private static IEnumerable<string> LinesOf(RetentionReport report) =>
    [
        report.DryRun ? "Due now; nothing was deleted:" : "Deleted:",
        .. report.Counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"  {count.Count,9}  {count.Rule,-18} {count.Requirement,-6} {count.What}: {count.When}")),
        .. report.Closed.Select(slug => $"  {slug}: contract over, {(report.DryRun ? "to be deleted" : "deleted")}"),
    ];
}
