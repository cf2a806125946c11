using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Stage;

/// <summary>
/// A real OpenSSH server on loopback, with a host key and a client's key of its own, whose only service is SFTP. Needs the packages
/// openssh-server and openssh-client.
/// </summary>
internal sealed class SftpServer : IAsyncDisposable
{
    private readonly string directory;
    private Process? process;

    private SftpServer(string directory, int port) => (this.directory, Port) = (directory, port);

    public int Port { get; }

    /// <summary>The account that signs in: that of the tests.</summary>
    public static string User => Environment.UserName;

    /// <summary>A folder that the server offers, by its full path.</summary>
    public string Folder => Path.Combine(directory, "drop");

    public string Address => $"sftp://{User}@127.0.0.1:{Port}{Folder}";

    public string HostKey => PublicKey("host");

    /// <summary>The private key that is let in.</summary>
    public byte[] Key => File.ReadAllBytes(Path.Combine(directory, "client"));

    public static async Task<SftpServer> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("sftp-").FullName;
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var server = new SftpServer(directory, ((IPEndPoint)free.LocalEndpoint).Port);
        free.Stop();
        Directory.CreateDirectory(server.Folder);
        await server.MakeKeyAsync("host");
        await server.MakeKeyAsync("client");
        File.Copy(Path.Combine(directory, "client.pub"), Path.Combine(directory, "authorized_keys"));
        await server.ListenAsync();
        return server;
    }

    /// <summary>Another key pair, that nobody knows.</summary>
    public async Task<(string Public, byte[] Private)> StrangeKeyAsync(string kind = "ed25519", string passphrase = "")
    {
        var name = $"strange-{kind}-{passphrase.Length}";
        await MakeKeyAsync(name, kind, passphrase);
        return (PublicKey(name), await File.ReadAllBytesAsync(Path.Combine(directory, name)));
    }

    /// <summary>Ends the server; the port then refuses.</summary>
    public async Task StopAsync()
    {
        if (process is null)
            return;
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(directory, recursive: true);
    }

    private string PublicKey(string name) => File.ReadAllText(Path.Combine(directory, name + ".pub")).Trim();

    private async Task MakeKeyAsync(string name, string kind = "ed25519", string passphrase = "")
    {
        using var made = Process.Start(new ProcessStartInfo("ssh-keygen", ["-q", "-t", kind, "-N", passphrase, "-C", "made up", "-f", Path.Combine(directory, name)]))!;
        await made.WaitForExitAsync();
        if (made.ExitCode != 0)
            throw new InvalidOperationException("ssh-keygen made no key.");
    }

    private async Task ListenAsync()
    {
        // Where root runs it, sshd wants its empty directory to be there.
        if (Environment.IsPrivilegedProcess)
            Directory.CreateDirectory("/run/sshd");
        var config = Path.Combine(directory, "config");
        await File.WriteAllTextAsync(config, $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {directory}/host
            PidFile none
            AuthorizedKeysFile {directory}/authorized_keys
            StrictModes no
            UsePAM no
            PermitRootLogin prohibit-password
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            Subsystem sftp internal-sftp
            ForceCommand internal-sftp
            AllowTcpForwarding no

            """);
        var program = new[] { "/usr/sbin/sshd", "/usr/local/sbin/sshd", "/opt/homebrew/sbin/sshd" }.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("There is no sshd: install openssh-server.");
        process = Process.Start(new ProcessStartInfo(program, ["-D", "-e", "-f", config]) { RedirectStandardError = true })!;
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("Server listening", StringComparison.Ordinal))
                continue;
            // Its output must not fill up.
            _ = process.StandardError.ReadToEndAsync();
            return;
        }

        throw new InvalidOperationException("sshd did not start.");
    }
}
