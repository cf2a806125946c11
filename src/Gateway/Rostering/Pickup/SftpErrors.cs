namespace Gateway.Rostering.Pickup;

/// <summary>Tells apart why OpenSSH's programs failed: by exit code (255: the connection, else a command of the batch) and the English of the C locale.</summary>
internal static class SftpErrors
{
    private const int ConnectionFailed = 255;

    private static readonly string[] HostKey = ["Host key verification failed", "no matching host key type", "No ED25519 host key is known", "host key is known for"];

    public static string CodeOf(int exitCode, string error)
    {
        if (HostKey.Any(says => error.Contains(says, StringComparison.Ordinal)))
            return SftpCodes.HostKeyChanged;
        // "user@host: Permission denied (publickey)." and "remote open("/x"): Permission denied" alike.
        if (error.Contains("Permission denied", StringComparison.Ordinal) || error.Contains("Too many authentication failures", StringComparison.Ordinal))
            return SftpCodes.Denied;
        if (error.Contains("ot found", StringComparison.Ordinal) || error.Contains("No such file", StringComparison.Ordinal)
            || error.Contains("not a directory", StringComparison.OrdinalIgnoreCase))
            return SftpCodes.NotFound;
        return exitCode == ConnectionFailed ? SftpCodes.Unreachable : SftpCodes.Incomplete;
    }
}
