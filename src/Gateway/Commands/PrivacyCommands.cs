using System.CommandLine;

namespace Gateway.Commands;

/// <summary><c>privacy record|retention|policies|accept|usage</c></summary>
internal static class PrivacyCommands
{
    public static Command Create() => new("privacy", "What is kept, for how long, and who asks for it.") { RecordCommand.Record(), RetentionCommand.Retention(), PolicyCommands.Policies(), PolicyCommands.Accept(), UsageCommand.Usage() };
}
