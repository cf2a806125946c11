using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Gateway.Hosting;
using Microsoft.Extensions.Options;

namespace Gateway.Rostering.Pickup;

/// <summary>Where an archive was fetched to, for whoever reads it and then deletes the folder; or why not.</summary>
internal sealed record PickedUp(string? Path, string? Folder, Failure? Failure);

/// <summary>
/// Fetches the newest archive over SFTP into a private folder below the data directory. The server's files are left alone, the
/// key lies there only while the program runs.
/// </summary>
internal sealed class SftpPickup(OutboundGuard guard, IOptions<GatewayOptions> options, SftpLimits limits, TimeProvider time)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="address">Where it lies.</param>
    /// <param name="hostKey">What the server has to show.</param>
    /// <param name="key">The private key, as in its file.</param>
    /// <param name="cancellation">Stops the fetching.</param>
    public async Task<PickedUp> FetchAsync(SftpAddress address, SftpHostKey hostKey, byte[] key, CancellationToken cancellation)
    {
        // The key must lie in a file that nobody else can read.
        if (OperatingSystem.IsWindows())
            return new(null, null, SftpCodes.Failure(SftpCodes.Missing));
        var (allowed, code) = await ResolveAsync(address.Host, cancellation);
        if (allowed is null)
            return new(null, null, SftpCodes.Failure(code!));
        var folder = MakeFolder();
        try
        {
            var session = new SftpSession(address, hostKey, allowed, folder, limits, time);
            await WritePrivateAsync(folder, SftpSession.KeyFile, key.EndsWith((byte)'\n') ? key : [.. key, (byte)'\n']);
            await WritePrivateAsync(folder, SftpSession.KnownHostsFile, System.Text.Encoding.ASCII.GetBytes(SftpSession.KnownHostsLine(hostKey)));
            var (path, failed) = await FetchAsync(session, address, folder, cancellation);
            if (path is not null)
            {
                File.Delete(Path.Combine(folder, SftpSession.KeyFile));
                File.Delete(Path.Combine(folder, SftpSession.KnownHostsFile));
                return new(path, folder, null);
            }

            Directory.Delete(folder, recursive: true);
            return new(null, null, SftpCodes.Failure(failed!));
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    private async Task<(string? Path, string? Code)> FetchAsync(SftpSession session, SftpAddress address, string folder, CancellationToken cancellation)
    {
        var directory = address.IsFile ? address.Path[..(address.Path.LastIndexOf('/') + 1)] : address.Path;
        string[] enter = [$"cd \"{directory}\""];
        var listed = await session.RunAsync([.. enter, "ls -lnt"], limits.Bytes, [], cancellation);
        if (listed.Code is not null)
            return (null, listed.Code);
        var files = SftpListing.Read(listed.Lines);
        var chosen = address.IsFile
            ? [.. files.Where(file => file.Name == address.Path[directory.Length..])]
            : SftpListing.Choose(files);
        if (chosen.Count == 0)
            return (null, SftpCodes.NotFound);
        if (chosen.Sum(file => file.Size) > limits.Bytes)
            return (null, SftpCodes.TooLarge);

        var package = Directory.CreateDirectory(Path.Combine(folder, "fetched"));
        var fetched = await session.RunAsync(
            [.. enter, "lcd fetched", .. chosen.Select(file => $"get \"{file.Name}\"")], limits.Bytes, [.. chosen.Select(file => Path.Combine("fetched", file.Name))], cancellation);
        if (fetched.Code is not null)
            return (null, fetched.Code);
        if (chosen.Any(file => new FileInfo(Path.Combine(package.FullName, file.Name)) is not { Exists: true, Length: var length } || length != file.Size))
            return (null, SftpCodes.Incomplete);
        return (chosen is [{ Name: var name }] && name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? Path.Combine(package.FullName, name) : package.FullName, null);
    }

    private async Task<(IPAddress? Allowed, string? Code)> ResolveAsync(string host, CancellationToken cancellation)
    {
        try
        {
            // The program gets the address that was checked, not the name: a second answer of the name server changes nothing.
            return await guard.AllowedAddressesAsync(host, cancellation) is [var first, ..] ? (first, null) : (null, SftpCodes.AddressRefused);
        }
        catch (System.Net.Sockets.SocketException)
        {
            return (null, SftpCodes.Unreachable);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private string MakeFolder()
    {
        var pickup = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(options.Value.DataDirectory), "pickup"), OwnerOnly | UnixFileMode.UserExecute);
        // What a process that was killed left behind.
        foreach (var left in pickup.EnumerateDirectories().Where(left => left.LastWriteTimeUtc < (time.GetUtcNow() - limits.Transfer - limits.Transfer).UtcDateTime))
            left.Delete(recursive: true);
        return Directory.CreateDirectory(Path.Combine(pickup.FullName, RandomNumberGenerator.GetHexString(16, lowercase: true)), OwnerOnly | UnixFileMode.UserExecute).FullName;
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task WritePrivateAsync(string folder, string name, byte[] content)
    {
        await using var file = new FileStream(Path.Combine(folder, name), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        });
        await file.WriteAsync(content);
    }
}
