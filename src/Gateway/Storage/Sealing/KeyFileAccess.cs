namespace Gateway.Storage.Sealing;

/// <summary>Whether files with keys may be readable by other accounts of the machine.</summary>
internal enum KeyFileAccess
{
    /// <summary>No: the gateway does not start with such a file.</summary>
    OwnerOnly,

    /// <summary>In a container, whose files nobody else sees: secrets are mounted readable for all, because the container's user is its own.</summary>
    Container,

    /// <summary>A demonstration or a test (<c>Gateway__AllowPrivateNetworks</c>): they are, and the log says so.</summary>
    Warned,
}

/// <summary>Looks at who may read a key file.</summary>
internal static class KeyFileAccesses
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>What the machine and the settings ask for. Microsoft's images, on which the gateway's is built, set the variable.</summary>
    public static KeyFileAccess Of(bool allowPrivateNetworks) =>
        Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") == "true" ? KeyFileAccess.Container
        : allowPrivateNetworks ? KeyFileAccess.Warned
        : KeyFileAccess.OwnerOnly;

    /// <summary>Whether the group or everybody may read or write the file. Windows has no such bits: its access lists are the operator's.</summary>
    public static bool IsOpenToOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;
}
