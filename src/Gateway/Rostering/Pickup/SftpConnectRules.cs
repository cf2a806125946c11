using System.Text;

namespace Gateway.Rostering.Pickup;

/// <summary>Checks what <c>roster connect --sftp</c> was given.</summary>
internal static class SftpConnectRules
{
    private const int LongestKey = 16 * 1024;

    public static void Check(RosterConnectCommand command, List<RosterConnectProblem> problems)
    {
        if (SftpAddress.Parse(command.SftpAddress) is null)
            problems.Add(new("sftp", "roster.sftp_address_invalid",
                "--sftp must be sftp://user@host:port/path: no password, a path from the server's root, plain letters without quotes or patterns."));
        if (SftpHostKey.Parse(command.SftpHostKey) is null)
            problems.Add(new("hostKey", "roster.sftp_host_key_invalid",
                "--host-key must be the server's public key, such as \"ssh-ed25519 AAAA…\". Ask the server's operator for it; ssh-keyscan shows what the network says it is."));
        if (command.Secret is not { Length: > 0 and <= LongestKey } key || !IsPrivateKey(Encoding.ASCII.GetString(key)))
            problems.Add(new("keyFile", "roster.sftp_key_invalid", "--key-file must be a private key as ssh-keygen makes it, without a passphrase."));
        RosterConnectRules.CheckRestOptions("sftp", command, problems);
        if (command.BaseUrl is not null || command.TokenUrl is not null || command.ClientId is not null || command.CsvFolder is not null)
            problems.Add(new("sftp", "roster.two_sources", "A roster comes from --sftp, from --csv-folder or from --base-url, not from several."));
    }

    /// <summary>OpenSSH's own form or PEM, and not encrypted: nobody is there to type a passphrase.</summary>
    private static bool IsPrivateKey(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 3 || !lines[0].StartsWith("-----BEGIN ", StringComparison.Ordinal) || !lines[0].EndsWith("PRIVATE KEY-----", StringComparison.Ordinal)
            || lines[0].Contains("ENCRYPTED", StringComparison.Ordinal) || lines[1].Contains("ENCRYPTED", StringComparison.Ordinal))
            return false;
        if (lines[0] != "-----BEGIN OPENSSH PRIVATE KEY-----")
            return true;
        // PROTOCOL.key: "openssh-key-v1", a zero byte, then the cipher's name as a string.
        var head = new byte[24];
        return lines[1].Length >= 32 && Convert.TryFromBase64String(lines[1][..32], head, out _) && head.AsSpan(15, 8).SequenceEqual("\0\0\0\u0004none"u8);
    }
}
