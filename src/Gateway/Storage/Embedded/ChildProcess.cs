using System.ComponentModel;
using System.Diagnostics;

namespace Gateway.Storage.Embedded;

/// <summary>What a finished child process left: exit code and both streams. 127 when the program could not be started.</summary>
internal sealed record ChildProcessResult(int ExitCode, string Output, string Error);

/// <summary>Runs a program to its end, with no shell in between and none of the caller's PostgreSQL environment.</summary>
internal static class ChildProcess
{
    // A long-lived grandchild (the server, the watchdog) must not keep a pipe of our parent open: whoever waits for that pipe
    // to close would wait for the server. The runtime closes only the descriptors it opened itself. dash knows one-digit ones only.
    public const string CloseInheritedDescriptors = """
        for f in /proc/self/fd/* /dev/fd/*; do
          n=${f##*/}
          case $n in
            [012]) ;;
            [3-9]) eval "exec $n>&-" ;;
            [1-9][0-9]*) if [ -n "$BASH_VERSION" ]; then eval "exec $n>&-"; fi ;;
          esac
        done
        """;

    public static string Shell { get; } = File.Exists("/bin/bash") ? "/bin/bash" : "/bin/sh";

    public static async Task<ChildProcessResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // PostgreSQL insists on a current directory that its account can read.
            WorkingDirectory = "/",
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return new ChildProcessResult(127, "", command[0] + " cannot be run");
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return new ChildProcessResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            // Not its descendants: a server that came up meanwhile is stopped by the watchdog, in order.
            process.Kill();
            throw;
        }
    }

    /// <summary>The full path of a program on the PATH or in the system's usual places, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/opt/homebrew/bin", "/usr/local/bin"])
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
}
