using System.IO.Compression;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>A ZIP archive of CSV files, read in place: nothing is unpacked to disk.</summary>
internal sealed class ZipPackage : CsvPackage
{
    private const long RatioFrom = 1 << 20;

    /// <summary>Room in the directory for an entry: its fixed part, a long name and extra fields.</summary>
    private const int DirectoryBytesPerEntry = 1024;

    private readonly ZipArchive archive;

    private ZipPackage(ZipArchive archive) => this.archive = archive;

    public static (CsvPackage? Package, RosterRefusal? Refusal) Open(string path, CsvLimits limits)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        try
        {
            if (CheckDirectory(file, limits) is { } refusal)
            {
                file.Dispose();
                return (null, refusal);
            }

            var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: false);
            if (Check(archive, limits) is { } refused)
            {
                archive.Dispose();
                return (null, refused);
            }

            var files = archive.Entries.Where(entry => !IsFolder(entry)).Select(entry => new PackageFile(NameOf(entry), entry.Length)).ToList();
            return (new ZipPackage(archive) { Files = files }, null);
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            file.Dispose();
            return (null, new RosterRefusal(RosterFailures.NotAZip, "The ZIP archive is damaged. Export or upload it again."));
        }
    }

    public override Stream Open(PackageFile file) => archive.Entries.First(entry => NameOf(entry) == file.Path).Open();

    public override void Dispose() => archive.Dispose();

    private static RosterRefusal? CheckDirectory(Stream file, CsvLimits limits)
    {
        if (ZipDirectory.Read(file) is not var (entries, bytes))
            return new RosterRefusal(RosterFailures.NotAZip, "The file is not a ZIP archive. Upload the ZIP archive that the SIS exports.");
        file.Position = 0;
        return entries > limits.Entries || bytes > (long)limits.Entries * DirectoryBytesPerEntry
            ? new RosterRefusal(RosterFailures.TooManyEntries, $"The archive has more than {limits.Entries} entries.")
            : null;
    }

    private static RosterRefusal? Check(ZipArchive archive, CsvLimits limits)
    {
        foreach (var entry in archive.Entries)
        {
            if (entry.IsEncrypted)
                return new RosterRefusal(RosterFailures.Encrypted, "The archive is encrypted. Export it without a password and send it over a protected channel.");
            if (NameOf(entry).EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
                return new RosterRefusal(RosterFailures.Nested, "The archive holds another archive. Upload the inner one.");
            if (entry.Length > RatioFrom && entry.Length / Math.Max(1, entry.CompressedLength) > limits.Ratio)
                return new RosterRefusal(RosterFailures.Bomb, $"A file unpacks to more than {limits.Ratio} times its size, which rosters do not.");
        }

        return CheckNames(archive.Entries.Select(NameOf));
    }

    private static bool IsFolder(ZipArchiveEntry entry) => NameOf(entry).EndsWith('/');

    private static string NameOf(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/');
}
