using System.Diagnostics;

namespace Gateway.Stage;

/// <summary>What a program said and how it ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Error);

/// <summary>The built gateway as a process of its own: it can be killed.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process process;

    private GatewayProcess(Process process) => this.process = process;

    /// <summary>Starts the server and waits until it listens.</summary>
    public static async Task<GatewayProcess> ServeAsync(IReadOnlyDictionary<string, string?> environment)
    {
        var process = Start(environment, "serve");
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("listening on ", StringComparison.Ordinal))
                continue;
            // Its output must not fill up.
            _ = process.StandardOutput.ReadToEndAsync();
            return new GatewayProcess(process);
        }

        throw new InvalidOperationException($"The gateway did not start: {await errors}");
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<Ended> RunAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Starts a command that the caller may kill before its end.</summary>
    public static GatewayProcess Begin(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var process = Start(environment, arguments);
        _ = process.StandardOutput.ReadToEndAsync();
        return new GatewayProcess(process);
    }

    /// <summary>Waits until it writes a line to standard error that begins so.</summary>
    /// <returns>False when it ended without one.</returns>
    public async Task<bool> SaysAsync(string start)
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
            if (line.StartsWith(start, StringComparison.Ordinal))
                return true;
        return false;
    }

    /// <summary>Ends it as a power cut would: SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    private static Process Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "gateway.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
