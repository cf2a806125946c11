using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Rostering.Pickup;

/// <summary>
/// Where an archive lies: <c>sftp://user@host:port/path</c>. Every part is of few letters, so that none can be an option, a command or
/// a pattern to the programs that get it; a password is no part of it. The path is the server's own, from its root: a folder, or a file
/// that ends in <c>.zip</c>. Nothing in it is percent-encoded.
/// </summary>
internal sealed partial record SftpAddress
{
    private SftpAddress(string user, string host, int port, string path) => (User, Host, Port, Path) = (user, host, port, path);

    public string User { get; }

    /// <summary>A name or an address; an IPv6 address without its brackets.</summary>
    public string Host { get; }

    public int Port { get; }

    public string Path { get; }

    public bool IsFile => Path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when the text is no such address.</summary>
    public static SftpAddress? Parse(string? text)
    {
        if (text is not { Length: <= 1024 } || Form().Match(text) is not { Success: true } match)
            return null;
        var port = match.Groups["port"] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : 22;
        var host = match.Groups["host"].Value.Trim('[', ']');
        var path = match.Groups["path"].Value;
        return port is < 1 or > 65535 || Uri.CheckHostName(host) == UriHostNameType.Unknown || path.Split('/').Any(part => part is "." or "..")
            ? null
            : new SftpAddress(match.Groups["user"].Value, host, port, path);
    }

    // A host that begins with a hyphen would be an option to ssh. Quotes, backslashes, patterns and line breaks mean something to sftp.
    [GeneratedRegex(
        @"^sftp://(?<user>[A-Za-z0-9_][A-Za-z0-9._-]{0,63})@(?<host>[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:]+\])(:(?<port>[0-9]{1,5}))?(?<path>/[A-Za-z0-9 ._+@=,~()/-]*)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
