using OneRoster.Validation;

namespace OneRoster.Tests;

/// <summary>The examples of the library's README: what stands between the two marks is one of them, line for line.</summary>
internal static class ReadmeExample
{
    public static async Task<int> ValidateAsync(string path, TextWriter output, CancellationToken cancellationToken)
    {
        // README begins
        var report = await new RosterValidator(new ValidationOptions()).ValidateAsync(path, cancellationToken);
        foreach (var finding in report.Findings)
            output.WriteLine($"{finding.Severity} {finding.File}:{finding.Line}:{finding.Column} {finding.Rule.Id}: {finding.Fix}");
        output.WriteLine($"{report.Errors} errors, {report.Warnings} warnings in {report.Rows} rows");
        return report.Errors == 0 ? 0 : 1;
        // README ends
    }
}
