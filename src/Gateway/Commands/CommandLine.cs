using System.CommandLine;

namespace Gateway.Commands;

/// <summary>
/// The command line: <c>gateway [serve]</c> and the operator's commands. Exit codes: 0 done, 1 failed, 2 wrong usage,
/// 3 waiting for approval.
/// </summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("A gateway between schools' systems and a practice engine: LTI 1.3 and OneRoster, with almost nothing held about anybody.");
        root.Options.Add(CommandOutput.Json);
        foreach (var command in All())
            root.Subcommands.Add(command);
        root.SetAction((_, cancellation) => ServeCommand.RunAsync(cancellation));

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
            return CommandOutput.WrongUsage(parsed);
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    }

    private static IEnumerable<Command> All()
    {
        yield return ServeCommand.Create();
        yield return MigrateCommand.Create();
        yield return DistrictCommands.Create();
        yield return PlatformCommands.Create();
        yield return ClientCommands.Create();
        yield return RosterCommands.Create();
        yield return KeysCommands.Create();
        yield return PrivacyCommands.Create();
        yield return AuditCommands.Create();
    }
}
