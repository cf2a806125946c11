using System.CommandLine;

namespace Gateway.Commands;

/// <summary>
/// The command line: <c>gateway [serve]</c> and the operator's commands. Exit codes: 0 done, 1 failed, 2 wrong usage,
/// 3 waiting for approval.
/// </summary>
internal static class CommandLine
{
    // Made once: commands share arguments, and each would remember every tree it was hung into.
    private static readonly RootCommand Root = Tree();

    public static Task<int> RunAsync(string[] args) => RunAsync(args, CommandSurroundings.OfProcess());

    /// <summary>Runs a command where the caller says; any number of them may run at the same time.</summary>
    public static async Task<int> RunAsync(string[] args, CommandSurroundings surroundings)
    {
        // Operators paste ids and addresses out of pages of platforms.
        var parsed = Root.Parse(Array.ConvertAll(args, Pasted.Argument));
        if (parsed.Errors.Count > 0)
            return new CommandOutput(parsed.GetValue(CommandOutput.Json), surroundings).WrongUsage(parsed);
        return await parsed.InvokeAsync(surroundings);
    }

    private static RootCommand Tree()
    {
        var root = new RootCommand("A gateway between schools' systems and a practice engine: LTI 1.3 and OneRoster, with almost nothing held about anybody.");
        root.Options.Add(CommandOutput.Json);
        foreach (var command in All())
            root.Subcommands.Add(command);
        root.SetAction(ServeCommand.RunAsync);
        return root;
    }

    private static IEnumerable<Command> All()
    {
        yield return ServeCommand.Create();
        yield return MigrateCommand.Create();
        yield return DistrictCommands.Create();
        yield return PlatformCommands.Create();
        yield return ClientCommands.Create();
        yield return RosterCommands.Create();
        yield return ScoreCommands.Create();
        yield return KeysCommands.Create();
        yield return PrivacyCommands.Create();
        yield return AuditCommands.Create();
    }
}
