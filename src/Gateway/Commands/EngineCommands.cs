using System.CommandLine;
using System.Globalization;
using Gateway.Engine;
using Gateway.Identity;

namespace Gateway.Commands;

/// <summary><c>client suspend|resume|remove</c></summary>
internal static class EngineCommands
{
    private static readonly Argument<string> Engine = new("id") { Description = "The engine's client id.", HelpName = "ID" };

    public static Command Suspend() => new Command("suspend", "Switch an engine off: nothing goes to it and nothing is taken from it; it keeps what it has.") { Engine }
        .Runs(invocation => SwitchAsync(invocation, suspend: true, "is suspended. On every replica its launches, codes and tokens stop within a minute; its events and scores wait."));

    public static Command Resume() => new Command("resume", "Switch an engine on again; what waited goes on.") { Engine }
        .Runs(invocation => SwitchAsync(invocation, suspend: false, "is in use."));

    public static Command Remove()
    {
        var by = new Option<string>("--by") { Description = "Name of the adult who decides.", HelpName = "NAME", Required = true };
        var with = new Option<string>("--with") { Description = $"What goes with it, separated by commas, where the engine is in use: {string.Join(", ", RemoveEngine.Parts)}.", HelpName = "PARTS" };
        var command = new Command("remove", "Remove an engine for good, with its credentials, its webhook and the key of its ids. Its client id is never given again.") { Engine, by, with };
        command.Validators.Add(given =>
        {
            if (Split(given.GetValue(with)).Except(RemoveEngine.Parts, StringComparer.Ordinal).Any())
                given.AddError($"--with names some of {string.Join(", ", RemoveEngine.Parts)}.");
        });
        return command.Runs(async invocation =>
        {
            var (parsed, id) = (invocation.Parsed, invocation.Parsed.GetValue(Engine)!);
            var removed = await invocation.Get<RemoveEngine>().RunAsync(id, parsed.GetValue(by), Split(parsed.GetValue(with)), invocation.Cancellation);
            return removed.Succeeded
                ? invocation.Output.Done(
                    new { id, districts = removed.Value.Select(use => new { use.District, use.Launches, use.Gives, use.Scores, use.Erasures }) },
                    [
                        $"Engine {id} is removed. Its tokens stop within a minute on every replica.",
                        .. removed.Value.Select(LineOf),
                        "A district that has no engine now lets nobody in until you decide: client enable DISTRICT ENGINE",
                    ])
                : invocation.Output.Failed(removed.Failures);
        });
    }

    private static async Task<int> SwitchAsync(Invocation invocation, bool suspend, string words)
    {
        var id = invocation.Parsed.GetValue(Engine)!;
        var changed = await invocation.Get<SuspendEngine>().RunAsync(id, suspend, invocation.Cancellation);
        return changed.Succeeded
            ? invocation.Output.Done(new { id, suspended = suspend, changed = changed.Value }, $"{id} {words}")
            : invocation.Output.Failed(changed.Failures);
    }

    private static string[] Split(string? parts) => parts?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string LineOf(EngineUse use) => string.Create(CultureInfo.InvariantCulture,
        $"  {use.District}: {(use.Gives ? "gives it nothing any more" : "gave it nothing")}{(use.Launches ? "; has no engine for launches" : "")}{(use.Scores > 0 ? $"; {use.Scores} scores given up" : "")}{(use.Erasures > 0 ? $"; {use.Erasures} erasures without its confirmation" : "")}");
}
