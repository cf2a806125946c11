using System.CommandLine;

namespace Gateway.Commands;

/// <summary><c>privacy …</c></summary>
internal static class PrivacyCommands
{
    public static Command Create()
    {
        var privacy = new Command("privacy", "What people and districts may ask, what is kept and for how long.")
        {
            RecordCommand.Record(), RetentionCommand.Retention(), PolicyCommands.Policies(), PolicyCommands.Accept(), UsageCommand.Usage(),
        };
        foreach (var command in RightsCommands.All())
            privacy.Subcommands.Add(command);
        foreach (var command in SuccessorCommands.All())
            privacy.Subcommands.Add(command);
        return privacy;
    }
}
