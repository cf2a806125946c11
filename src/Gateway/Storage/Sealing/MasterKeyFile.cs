using System.Security.Cryptography;

namespace Gateway.Storage.Sealing;

/// <summary>Finds the master key: the file that the setting names or, for the embedded default only, one made under the data directory.</summary>
internal static class MasterKeyFile
{
    /// <summary>The file that is used, whether it is there or not; null where one must be named and is not.</summary>
    public static string? PathOf(string? configured, string dataDirectory, bool embedded) =>
        configured ?? (embedded ? Path.Combine(dataDirectory, "master.key") : null);

    public static MasterKeysOutcome Load(string? configured, string dataDirectory, bool embedded)
    {
        if (configured is not null)
            return File.Exists(configured)
                ? Named(MasterKeys.Parse(File.ReadAllText(configured)), configured)
                : new($"Gateway__MasterKeyFile names {configured}, which does not exist. Make one with: (umask 077; openssl rand -base64 32 > FILE)");
        if (!embedded)
            return new("Gateway__MasterKeyFile is required with ConnectionStrings__Gateway: a file with 32 random bytes in base64. "
                + "Make one with: (umask 077; openssl rand -base64 32 > FILE)");

        var path = PathOf(null, dataDirectory, embedded)!;
        if (!File.Exists(path))
            Create(path);
        return Named(MasterKeys.Parse(File.ReadAllText(path)), path);
    }

    private static MasterKeysOutcome Named(MasterKeysOutcome outcome, string path) =>
        outcome.Problem is null ? outcome : new($"The master key file {path} cannot be used: {outcome.Problem}");

    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options))
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        try
        {
            // Never over an existing file: two first starts at once must end with one key.
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
