using System.Diagnostics;
using System.Globalization;

namespace Samples.Demo;

/// <summary>
/// The programs that this one started, and no others. They end with it; should it have been killed, the next one finds what is left
/// by number and start time and ends it first.
/// </summary>
internal sealed class Processes : IAsyncDisposable
{
    private readonly string directory;
    private readonly string ledger;
    private readonly List<(string Name, Process Process)> started = [];

    public Processes(string directory)
    {
        this.directory = directory;
        ledger = Path.Combine(directory, "processes");
        EndLeftovers();
    }

    /// <summary>Starts a program and waits until it says where it listens. Its output goes to a file.</summary>
    public async Task StartAsync(string name, string assembly, IEnumerable<string> arguments, Dictionary<string, string> environment, CancellationToken cancellation)
    {
        var log = Path.Combine(directory, $"{name}.log");
        var process = Start(assembly, arguments, environment);
        started.Add((name, process));
        File.AppendAllText(ledger, Invariant($"{process.Id} {Ticks(process)}\n"));

        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writer = TextWriter.Synchronized(new StreamWriter(log, append: false) { AutoFlush = true });
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync(cancellation);
        if (await Task.WhenAny(listening.Task, ended) == ended)
        {
            await ended;
            throw new DemoFailedException($"{name} did not start:\n{string.Join('\n', File.ReadLines(log).TakeLast(15))}");
        }

        void Take(string? line)
        {
            if (line is null)
                return;
            writer.WriteLine(line);
            if (line.StartsWith("listening on ", StringComparison.Ordinal))
                listening.TrySetResult();
        }
    }

    /// <summary>Waits until one of them ends by itself, and names it.</summary>
    public async Task<string> AnyEndsAsync(CancellationToken cancellation)
    {
        var waits = started.ConvertAll(s => s.Process.WaitForExitAsync(cancellation));
        var ended = await Task.WhenAny(waits);
        await ended;
        return started[waits.IndexOf(ended)].Name;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, process) in Enumerable.Reverse(started))
            await EndAsync(process);
        File.Delete(ledger);
    }

    public static Process Start(string assembly, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetDirectoryName(assembly),
        };
        // Settings of the person's own shell must not reach the demonstration's database.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("Gateway__", StringComparison.Ordinal) || n.StartsWith("ConnectionStrings__", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new DemoFailedException("The dotnet program cannot be started.");
        process.StandardInput.Close();
        return process;
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        process.Dispose();
    }

    private void EndLeftovers()
    {
        if (!File.Exists(ledger))
            return;
        foreach (var line in File.ReadAllLines(ledger))
        {
            if (line.Split(' ') is not [var id, var ticks])
                continue;
            try
            {
                using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
                if (Invariant($"{Ticks(process)}") == ticks)
                {
                    process.Kill(entireProcessTree: true);
                    process.WaitForExit();
                }
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // It is gone.
            }
        }

        File.Delete(ledger);
    }

    // Seconds: the system's own resolution differs between two readings.
    private static long Ticks(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
