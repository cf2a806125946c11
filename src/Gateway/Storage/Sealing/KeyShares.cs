using System.Security.Cryptography;

namespace Gateway.Storage.Sealing;

/// <summary>
/// The parts of districts' keys that are in no database and in no copy of one: a file of 32 random bytes each, in a folder that all
/// replicas share. What was sealed with a share opens no more once the file is gone, whatever backups there are
/// (docs/adr/0041-district-keys-have-a-share-outside-the-database.md).
/// </summary>
internal sealed class KeyShares(string folder)
{
    private const int Length = 32;

    public string Folder => folder;

    /// <summary>Makes a share; it is on disk when this returns.</summary>
    public (Guid Id, byte[] Share) Create()
    {
        var (id, share) = (new Guid(RandomNumberGenerator.GetBytes(16)), RandomNumberGenerator.GetBytes(Length));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(PathOf(id), options);
        file.Write(share);
        file.Flush(flushToDisk: true);
        return (id, share);
    }

    /// <summary>Null: there is none, or not any more.</summary>
    public byte[]? Find(Guid id)
    {
        try
        {
            return File.ReadAllBytes(PathOf(id)) is { Length: Length } share ? share : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether other accounts of the machine may read a share; false where it is not there.</summary>
    public bool IsOpenToOthers(Guid id) => File.Exists(PathOf(id)) && KeyFileAccesses.IsOpenToOthers(PathOf(id));

    /// <summary>Whether it is gone because it had to go. A backup that comes back after that may still name it.</summary>
    public bool IsDestroyed(Guid id) => File.Exists(MarkOf(id));

    /// <summary>Overwrites a share, removes it, and remembers its name. Destroying one that is gone already changes nothing.</summary>
    public void Destroy(Guid id)
    {
        var path = PathOf(id);
        Directory.CreateDirectory(folder);
        using (new FileStream(MarkOf(id), FileMode.OpenOrCreate))
        {
            // Empty.
        }

        if (!File.Exists(path))
            return;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write))
        {
            file.Write(RandomNumberGenerator.GetBytes(Length));
            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
    }

    private string MarkOf(Guid id) => Path.Combine(folder, $"{id:N}.destroyed");

    private string PathOf(Guid id) => Path.Combine(folder, $"{id:N}.share");
}
