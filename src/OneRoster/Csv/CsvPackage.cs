using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>A file of a package.</summary>
/// <param name="Path">Its path inside the package, with <c>/</c>. From outside: never shown, never logged.</param>
/// <param name="Length">Its length in bytes, unpacked, as the package declares it.</param>
/// <param name="Crc">The checksum that an archive declares.</param>
/// <param name="Place">Which entry of the archive it is.</param>
internal sealed record PackageFile(string Path, long Length, uint? Crc = null, int Place = 0);

/// <summary>A folder or an archive, already checked to be harmless to list and open.</summary>
internal abstract class CsvPackage : IDisposable
{
    public required IReadOnlyList<PackageFile> Files { get; init; }

    /// <summary>Opens the raw bytes of a file.</summary>
    public abstract Stream Open(PackageFile file);

    public abstract void Dispose();

    /// <summary>Refuses names that point elsewhere, and finds every file once.</summary>
    protected static RosterRefusal? CheckNames(IEnumerable<string> paths)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in paths)
        {
            var parts = path.Split('/');
            if (path.StartsWith('/') || path.Contains('\0') || path.Contains(':') || parts.Contains(".."))
                return new RosterRefusal(RosterFailures.PathTraversal, "An entry's name points out of the archive. Pack the files anew, without paths.");
            if (!seen.Add(path))
                return new RosterRefusal(RosterFailures.FileTwice, "Two files have the same name. Pack each file once.");
        }

        return null;
    }
}
