using System.Text.Json;

namespace Samples.Demo;

/// <summary>The gateway's command line, as an operator's script uses it: <c>--json</c>, exit code, stable codes.</summary>
internal sealed class GatewayCommands(Dictionary<string, string> environment)
{
    /// <summary>Runs a command that must succeed.</summary>
    public async Task<JsonElement> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        var (code, answer) = await TryAsync(cancellation, arguments);
        return code == 0 ? answer : throw new DemoFailedException($"gateway {string.Join(' ', arguments)} ended with {code}: {answer}");
    }

    /// <summary>Runs a command that may have been run before.</summary>
    public async Task RunOnceAsync(string codeWhenDone, CancellationToken cancellation, params string[] arguments)
    {
        var (code, answer) = await TryAsync(cancellation, arguments);
        if (code != 0 && answer.GetProperty("errors")[0].GetProperty("code").GetString() != codeWhenDone)
            throw new DemoFailedException($"gateway {string.Join(' ', arguments)} ended with {code}: {answer}");
    }

    private async Task<(int Code, JsonElement Answer)> TryAsync(CancellationToken cancellation, string[] arguments)
    {
        using var process = Processes.Start(Paths.Gateway, [.. arguments, "--json"], environment);
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        try
        {
            return (process.ExitCode, JsonDocument.Parse(await output).RootElement.Clone());
        }
        catch (JsonException)
        {
            throw new DemoFailedException($"gateway {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
        }
    }
}
