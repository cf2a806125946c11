using System.IO.Compression;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>A ZIP archive of CSV files, read in place: nothing is unpacked to disk.</summary>
internal sealed class ZipPackage : CsvPackage
{
    private readonly ZipArchive archive;

    private ZipPackage(ZipArchive archive) => this.archive = archive;

    public static (CsvPackage? Package, RosterRefusal? Refusal) Open(string path, CsvLimits limits)
    {
        var plain = LinklessFiles.Open(path);
        var file = new BufferedStream(plain, 1 << 16);
        try
        {
            var (entries, refusal) = ZipDirectory.Read(file, limits);
            if (entries is null)
            {
                file.Dispose();
                return (null, refusal);
            }

            file.Position = 0;
            var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: false);
            if (Check(archive, entries) is { } refused)
            {
                archive.Dispose();
                return (null, refused);
            }

            var files = entries.Select((entry, place) => new PackageFile(NameOf(archive.Entries[place]), entry.Length, entry.Crc, place))
                .Where(entry => !entry.Path.EndsWith('/')).ToList();
            return (new ZipPackage(archive) { Files = files }, null);
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException)
        {
            file.Dispose();
            return (null, new RosterRefusal(RosterFailures.NotAZip, "The ZIP archive is damaged. Export or upload it again."));
        }
    }

    public override Stream Open(PackageFile file) => archive.Entries[file.Place].Open();

    public override void Dispose() => archive.Dispose();

    /// <summary>The framework's reader has to have found the same entries.</summary>
    private static RosterRefusal? Check(ZipArchive archive, IReadOnlyList<ZipEntryRecord> entries)
    {
        if (archive.Entries.Count != entries.Count)
            return ZipDirectory.Inconsistent("Its directory holds more than it says");
        for (var i = 0; i < entries.Count; i++)
            if (archive.Entries[i] is var entry && (entry.Length != entries[i].Length || entry.CompressedLength != entries[i].Packed || entry.Crc32 != entries[i].Crc))
                return ZipDirectory.Inconsistent("An entry has two sizes");
        return CheckNames(archive.Entries.Select(NameOf));
    }

    private static string NameOf(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/');
}
