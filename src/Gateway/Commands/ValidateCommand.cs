using System.CommandLine;
using Gateway.Rostering;
using OneRoster.Model;
using OneRoster.Validation;

namespace Gateway.Commands;

/// <summary><c>roster validate ZIP|DIR</c>: checks a CSV package for whoever exports it. It needs no district and no database, and opens none.</summary>
internal static class ValidateCommand
{
    private static readonly Argument<string> Package = new("path") { Description = "A OneRoster CSV archive, or a folder with its files.", HelpName = "ZIP|DIR" };
    private static readonly Option<bool> Everything = new("--all") { Description = "List every finding, not the first of each rule." };
    private static readonly Option<int> Most = new("--max")
    {
        Description = "How many findings of each rule to list; the others are counted. Default: 100.",
        HelpName = "N",
        DefaultValueFactory = _ => 100,
        Validators =
        {
            given =>
            {
                if (given.GetValueOrDefault<int>() < 1)
                    given.AddError("--max takes a number from 1.");
            },
        },
    };

    public static Command Validate()
    {
        var command = new Command("validate", "Check a CSV package; nothing is stored and no value is shown.") { Package, Everything, Most };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, CommandOutput.Of(parsed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellation)
    {
        var options = new ValidationOptions { MostPerRule = parsed.GetValue(Everything) ? int.MaxValue : parsed.GetValue(Most) };
        try
        {
            var report = await new RosterValidator(options).ValidateAsync(parsed.GetValue(Package)!, cancellation);
            output.Done(Document(report), ValidationLines.Of(report));
            return report.Errors > 0 ? ExitCode.Failed : ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return output.Failed([new("command.stopped", "Stopped before the end.")]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return output.Failed([RosterMessages.Failure(RosterCodes.Unreadable)]);
        }
    }

    private static object Document(ValidationReport report) => new
    {
        package = new
        {
            version = NameOf(report.Version),
            files = report.Files.Select(file => new { file.Name, extent = file.Extent == RosterExtent.Full ? "bulk" : "delta", file.Rows }),
        },
        summary = new { report.Errors, report.Warnings, report.Rows },
        findings = report.Findings.Select(finding => new { rule = finding.Rule.Id, finding.Severity, finding.File, finding.Line, finding.Column, finding.Fix }),
        counts = report.Counts.Select(count => new { rule = count.Rule.Id, count.Severity, count.File, count.Count }),
    };

    public static string? NameOf(OneRosterVersion? version) => version switch
    {
        OneRosterVersion.V1P1 => "1.1",
        OneRosterVersion.V1P2 => "1.2",
        _ => null,
    };
}
