using System.CommandLine;

namespace Gateway.Commands;

/// <summary><c>privacy retention</c></summary>
internal static class PrivacyCommands
{
    public static Command Create() => new("privacy", "What is kept, for how long, and who asks for it.") { RetentionCommand.Retention() };
}
