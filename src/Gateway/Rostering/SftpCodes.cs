namespace Gateway.Rostering;

/// <summary>Why a roster could not be fetched over SFTP.</summary>
internal static class SftpCodes
{
    /// <summary>The server cannot be reached, or broke the connection off.</summary>
    public const string Unreachable = "sftp.unreachable";

    /// <summary>The server's name leads to a network that is not public.</summary>
    public const string AddressRefused = "sftp.address_refused";

    /// <summary>The server shows another host key than the one that is pinned.</summary>
    public const string HostKeyChanged = "sftp.host_key_changed";

    /// <summary>The server does not let the gateway in with its key, or not read the folder.</summary>
    public const string Denied = "sftp.denied";

    /// <summary>There is no such folder or file, or no archive and no manifest in it.</summary>
    public const string NotFound = "sftp.not_found";

    /// <summary>The archive is larger than the gateway takes.</summary>
    public const string TooLarge = "sftp.too_large";

    /// <summary>The archive grew or shrank while it was fetched: it is being written.</summary>
    public const string Incomplete = "sftp.incomplete";

    /// <summary>It took too long.</summary>
    public const string TimedOut = "sftp.timed_out";

    /// <summary>The machine has no OpenSSH client.</summary>
    public const string Missing = "sftp.missing";

    public static Failure Failure(string code) => new(code, For(code));

    private static string For(string code) => code switch
    {
        Unreachable => "The SFTP server cannot be reached: check host and port, and whether it lets this machine in.",
        AddressRefused => "The SFTP server's name leads to a network that is not public (Gateway__AllowPrivateNetworks).",
        HostKeyChanged => "The SFTP server shows another host key than the one that is pinned. Ask its operator; if they changed it, `roster connect` with the new one.",
        Denied => "The SFTP server refuses the key or the folder: check the user, the key's public half at the server, and the rights on the folder.",
        NotFound => "There is neither a ZIP archive nor a manifest.csv at the given path of the SFTP server.",
        TooLarge => "The archive on the SFTP server is larger than the gateway takes.",
        Incomplete => "The archive changed while it was fetched: it is being written. Have it written under a name that ends in .part and renamed when it is complete.",
        TimedOut => "The SFTP server did not deliver the archive in time.",
        Missing => "The program sftp is missing on this machine: install the OpenSSH client (Debian: openssh-client).",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not a code of SFTP."),
    };
}
