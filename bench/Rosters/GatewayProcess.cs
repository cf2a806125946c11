using System.Diagnostics;
using System.Globalization;

namespace Gateway.Bench.Rosters;

/// <summary>Runs the real <c>gateway</c> with a command, and says what it cost.</summary>
internal sealed class GatewayProcess(string assembly, string connection, string masterKeyFile)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public async Task<ProcessCost> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__Gateway"] = connection;
        start.Environment["Gateway__MasterKeyFile"] = masterKeyFile;
        start.Environment["Gateway__DataDirectory"] = Path.GetDirectoryName(masterKeyFile);
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        var (cpu, peak) = (TimeSpan.Zero, 0L);
        while (!ended.IsCompleted)
        {
            // Both only grow, and are gone with the process: what was seen last counts.
            cpu = CpuOf(process.Id) ?? cpu;
            peak = PeakOf(process.Id) ?? peak;
            await Task.WhenAny(ended, Task.Delay(BetweenLooks, TimeProvider.System));
        }

        var wall = Stopwatch.GetElapsedTime(begun);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"gateway {arguments[0]} exited with {process.ExitCode}: {await errors} {await output}");
        return new ProcessCost(wall.TotalSeconds, cpu.TotalSeconds, peak, await output);
    }

    public static long? PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : long.Parse(line.AsSpan(6, line.Length - 9), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) >> 10;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static TimeSpan? CpuOf(int process)
    {
        try
        {
            // proc(5): 14 and 15 are user and system time, in hundredths of a second.
            var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
            return fields[0] == "Z" ? null : TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            return null;
        }
    }
}

/// <summary>What a process cost.</summary>
/// <param name="Wall">From its start to its end, seconds.</param>
/// <param name="Cpu">Its processor time, PostgreSQL not counted, seconds.</param>
/// <param name="PeakMiB">The most memory it held at once (VmHWM).</param>
/// <param name="Output">What it printed.</param>
internal sealed record ProcessCost(double Wall, double Cpu, long PeakMiB, string Output);
