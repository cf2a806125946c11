using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Gateway.Rostering.Pickup;

/// <summary>What came of a batch: the lines that the server's side gave, or why it failed.</summary>
internal sealed record SftpAnswer(IReadOnlyList<string> Lines, string? Code);

/// <summary>
/// OpenSSH's <c>sftp</c> in a private folder, which it works in: host key and key are files in it by fixed names. No shell, no
/// configuration of a user or of the machine, no agent, no environment of the gateway's; the server's name is not handed over, but the
/// address that was checked. What it says on standard error is read for its kind, and neither kept nor logged.
/// </summary>
internal sealed class SftpSession(SftpAddress address, SftpHostKey hostKey, IPAddress checkedAddress, string folder, SftpLimits limits, TimeProvider time)
{
    public const string KeyFile = "key";
    public const string KnownHostsFile = "known_hosts";
    private const string Alias = "gateway-pinned";

    public static string KnownHostsLine(SftpHostKey key) => $"{Alias} {key}\n";

    /// <param name="commands">A batch, a command a line.</param>
    /// <param name="mostBytes">How large the folder's fetched files may grow.</param>
    /// <param name="fetched">The files that grow, in the folder.</param>
    /// <param name="cancellation">Stops the program.</param>
    public async Task<SftpAnswer> RunAsync(IEnumerable<string> commands, long mostBytes, IReadOnlyList<string> fetched, CancellationToken cancellation)
    {
        if (Find("sftp") is not { } sftp || Find("ssh") is not { } ssh)
            return Failed(SftpCodes.Missing);
        using var process = new Process { StartInfo = Start(sftp, ssh) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return Failed(SftpCodes.Missing);
        }

        using var patience = new CancellationTokenSource(limits.Transfer, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var error = process.StandardError.ReadToEndAsync(either.Token);
            await WriteAsync(process, commands);
            var ended = process.WaitForExitAsync(either.Token);
            while (!ended.IsCompleted)
            {
                if (SizeOf(fetched) > mostBytes)
                    return Failed(SftpCodes.TooLarge);
                await Task.WhenAny(ended, Task.Delay(limits.Look, time, either.Token));
            }

            await ended;
            return process.ExitCode == 0
                ? new SftpAnswer((await output).Split('\n'), null)
                : Failed(SftpErrors.CodeOf(process.ExitCode, await error));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed(SftpCodes.TimedOut);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static async Task WriteAsync(Process process, IEnumerable<string> commands)
    {
        try
        {
            foreach (var command in commands)
                await process.StandardInput.WriteAsync($"{command}\n");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code says why.
        }
    }

    private static SftpAnswer Failed(string code) => new([], code);

    private static string? Find(string program) => new[] { "/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin" }
        .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);

    private long SizeOf(IReadOnlyList<string> files) =>
        files.Select(file => new FileInfo(Path.Combine(folder, file))).Where(file => file.Exists).Sum(file => file.Length);

    private ProcessStartInfo Start(string sftp, string ssh)
    {
        var start = new ProcessStartInfo(sftp)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["HOME"] = folder;
        // What it says on standard error is told apart by its English.
        start.Environment["LC_ALL"] = "C";
        foreach (var argument in (string[])["-F", "none", "-S", ssh, "-b", "-", "-P", address.Port.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        foreach (var option in Options())
        {
            start.ArgumentList.Add("-o");
            start.ArgumentList.Add(option);
        }

        start.ArgumentList.Add("--");
        start.ArgumentList.Add(checkedAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{checkedAddress}]" : checkedAddress.ToString());
        return start;
    }

    private string[] Options() =>
    [
        "BatchMode=yes", $"User={address.User}",
        "StrictHostKeyChecking=yes", $"HostKeyAlias={Alias}", $"HostKeyAlgorithms={hostKey.Algorithms}", $"UserKnownHostsFile={KnownHostsFile}",
        "GlobalKnownHostsFile=/dev/null", "CheckHostIP=no", "VerifyHostKeyDNS=no", "UpdateHostKeys=no",
        $"IdentityFile={KeyFile}", "IdentitiesOnly=yes", "IdentityAgent=none", "PreferredAuthentications=publickey",
        "PasswordAuthentication=no", "KbdInteractiveAuthentication=no",
        "ProxyCommand=none", "ProxyJump=none", "ControlMaster=no", "ControlPath=none", "PermitLocalCommand=no", "ForwardAgent=no", "ClearAllForwardings=yes",
        string.Create(CultureInfo.InvariantCulture, $"ConnectTimeout={limits.ConnectSeconds}"), "ConnectionAttempts=1",
        "ServerAliveInterval=15", "ServerAliveCountMax=4", // Below it nothing is said of a server that has no key of the pinned kind.
        "LogLevel=INFO",
    ];
}
