using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Commands;

/// <summary>
/// What a command says: with <c>--json</c> one JSON document on standard output (a result, or <c>errors</c> with code and message),
/// without it lines for a person; errors then go to standard error.
/// </summary>
internal sealed class CommandOutput(bool json, InvocationConfiguration to)
{
    public static readonly Option<bool> Json = new("--json") { Description = "One JSON document on standard output.", Recursive = true };

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The document goes to a terminal or a file, never into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public bool IsJson => json;

    /// <summary>What a running command says, where and how its caller wants it.</summary>
    public static CommandOutput Of(ParseResult parsed) => new(parsed.GetValue(Json), parsed.InvocationConfiguration);

    /// <summary>Says that it is done: the object as JSON, or the lines.</summary>
    public int Done(object result, params IEnumerable<string> lines)
    {
        if (json)
            to.Output.WriteLine(JsonSerializer.Serialize(result, Format));
        else
            foreach (var line in lines)
                to.Output.WriteLine(line);
        return ExitCode.Done;
    }

    /// <summary>Says that a person has to approve it first.</summary>
    public int Waiting(object result, params IEnumerable<string> lines)
    {
        Done(result, lines);
        return ExitCode.WaitingForApproval;
    }

    /// <summary>Says why not.</summary>
    public int Failed(IReadOnlyList<Failure> failures, object? result = null, params IEnumerable<string> lines)
    {
        if (json)
        {
            to.Output.WriteLine(JsonSerializer.Serialize(new { errors = failures, result }, Format));
            return ExitCode.Failed;
        }

        foreach (var line in lines)
            to.Output.WriteLine(line);
        foreach (var failure in failures)
            to.Error.WriteLine($"{failure.Code}: {failure.Message}");
        return ExitCode.Failed;
    }

    public int WrongUsage(ParseResult parsed)
    {
        var failures = parsed.Errors.Select(e => new Failure("usage", e.Message)).ToList();
        if (json)
            to.Output.WriteLine(JsonSerializer.Serialize(new { errors = failures }, Format));
        else
        {
            foreach (var failure in failures)
                to.Error.WriteLine(failure.Message);
            to.Error.WriteLine($"See: gateway {string.Join(' ', Path(parsed))} --help");
        }

        return ExitCode.WrongUsage;
    }

    private static IEnumerable<string> Path(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var command = parsed.CommandResult; command.Parent is System.CommandLine.Parsing.CommandResult parent; command = parent)
            names.Push(command.Command.Name);
        return names;
    }
}
