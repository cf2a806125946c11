using System.CommandLine;

namespace Gateway.Commands;

/// <summary>
/// What a command has around it: where it writes, the settings that it runs with, its standard input. <c>serve</c> takes the writers
/// alone: a server reads its own settings.
/// </summary>
internal sealed class CommandSurroundings : InvocationConfiguration
{
    public CommandSurroundings(IConfiguration settings)
    {
        Settings = settings;
        EnableDefaultExceptionHandler = false;
    }

    public IConfiguration Settings { get; }

    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Those of a program of its own: its environment, its console, and the signals that end it.</summary>
    public static CommandSurroundings OfProcess() =>
        new(new ConfigurationBuilder().AddEnvironmentVariables().Build()) { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };

    /// <summary>Those that a running command was given.</summary>
    public static CommandSurroundings Of(ParseResult parsed) => (CommandSurroundings)parsed.InvocationConfiguration;
}
