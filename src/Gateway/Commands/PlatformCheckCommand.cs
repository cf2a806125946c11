using System.CommandLine;
using Gateway.Platforms;
using Lti.Registrations;

namespace Gateway.Commands;

/// <summary><c>platform check</c>: a table of what works and what does not (L-2.4). Ends with 1 when something failed.</summary>
internal static class PlatformCheckCommand
{
    public static Command Check()
    {
        var id = new Argument<int?>("id") { Description = "The platform's number; without it all of the district's.", HelpName = "ID", Arity = ArgumentArity.ZeroOrOne };
        return new Command("check", "Try the connection to a district's platforms.") { DistrictCommands.District, id }.RunsForDistrict(async (invocation, district) =>
        {
            var outcome = await invocation.Get<CheckPlatform>().RunAsync(district.Id, invocation.Parsed.GetValue(id), invocation.Cancellation);
            if (!outcome.Succeeded)
                return invocation.Output.Failed(outcome.Failures);

            var result = outcome.Value.Select(check => new
            {
                id = check.Registration.Id,
                check.Registration.Kind,
                check.Registration.Issuer,
                check.Registration.State,
                check.Findings,
            });
            var failed = outcome.Value
                .SelectMany(check => check.Findings.Where(f => f.Mark == ConnectionMark.Failed).Select(f => new Failure(f.Code, SentenceOf(check, f))))
                .ToList();
            return failed.Count == 0
                ? invocation.Output.Done(result, Lines(outcome.Value))
                : invocation.Output.Failed(failed, result, Lines(outcome.Value));
        });
    }

    private static IEnumerable<string> Lines(IReadOnlyList<PlatformCheck> checks)
    {
        foreach (var check in checks)
        {
            yield return $"Platform {check.Registration.Id}, {check.Registration.Kind}, {check.Registration.Issuer}";
            foreach (var finding in check.Findings)
                yield return $"  {MarkOf(finding.Mark)} {finding.Subject,-13} {finding.WhatIsSo}{(finding.WhatToDo is { } remedy ? " " + remedy : "")}";
        }
    }

    private static string SentenceOf(PlatformCheck check, ConnectionFinding finding) =>
        $"Platform {check.Registration.Id}, {finding.Subject}: {finding.WhatIsSo} {finding.WhatToDo}";

    // Words of ASCII: a terminal without UTF-8 would show three times the same.
    private static string MarkOf(ConnectionMark mark) => mark switch
    {
        ConnectionMark.Passed => "[ok]  ",
        ConnectionMark.Warning => "[look]",
        _ => "[fail]",
    };
}
