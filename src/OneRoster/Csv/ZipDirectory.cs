using System.Buffers.Binary;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>
/// Reads the directory of a ZIP archive and holds it against the local headers before the framework's reader is let near it: that one takes
/// in every entry before one can count them, and believes sizes and places.
/// </summary>
internal static class ZipDirectory
{
    private const long RatioFrom = 1 << 20;
    private const int LocalLength = 30;

    /// <summary>Room in the directory for an entry: its fixed part, a long name and extra fields.</summary>
    private const int BytesPerEntry = 1024;

    /// <summary>All entries, in the directory's order, or why the archive is refused.</summary>
    public static (IReadOnlyList<ZipEntryRecord>? Entries, RosterRefusal? Refusal) Read(Stream zip, CsvLimits limits)
    {
        var (found, refusal) = ZipEnd.Find(zip);
        if (found is not { } end)
            return (null, refusal);
        if (end.Entries > limits.Entries || end.Position - end.Start > (long)limits.Entries * BytesPerEntry)
            return (null, new RosterRefusal(RosterFailures.TooManyEntries, $"The archive has more than {limits.Entries} entries."));

        var bytes = new byte[(int)(end.Position - end.Start)];
        zip.Position = end.Start;
        zip.ReadExactly(bytes);
        ReadOnlySpan<byte> rest = bytes.AsSpan(0, (int)end.Length);
        var entries = new List<ZipEntryRecord>();
        for (var i = 0; i < end.Entries; i++)
        {
            if (ZipEntryRecord.Read(ref rest) is not { } entry)
                return (null, Inconsistent("Its directory is broken"));
            entries.Add(entry);
        }

        // A reader that goes by the signatures instead of the count would find more.
        if (!rest.IsEmpty || bytes.AsSpan((int)end.Length).StartsWith("PK\x01\x02"u8))
            return (null, Inconsistent("Its directory holds more than it says"));
        foreach (var entry in entries)
            if (Check(entry, limits) is { } refused)
                return (null, refused);
        return CheckPlaces(zip, entries, end.Start) is { } misplaced ? (null, misplaced) : (entries, null);
    }

    public static RosterRefusal Inconsistent(string what) =>
        new(RosterFailures.Inconsistent, $"The archive contradicts itself. {what}. Export or pack it again.");

    private static RosterRefusal? Check(ZipEntryRecord entry, CsvLimits limits)
    {
        if (entry.IsEncrypted)
            return new RosterRefusal(RosterFailures.Encrypted, "The archive is encrypted. Export it without a password and send it over a protected channel.");
        if (entry.IsLink)
            return new RosterRefusal(RosterFailures.Link, "The archive holds a link. Pack the files themselves.");
        if (entry.Name.Length >= 4 && System.Text.Ascii.EqualsIgnoreCase(entry.Name.AsSpan(entry.Name.Length - 4), ".zip"u8))
            return new RosterRefusal(RosterFailures.Nested, "The archive holds another archive. Upload the inner one.");
        if (!entry.IsReadable)
            return new RosterRefusal(RosterFailures.MethodUnsupported, "The archive is packed by another method than Deflate. Pack it as an ordinary ZIP archive.");
        if (entry.Length > RatioFrom && entry.Length / Math.Max(1, entry.Packed) > limits.Ratio)
            return new RosterRefusal(RosterFailures.Bomb, $"A file unpacks to more than {limits.Ratio} times its size, which rosters do not.");
        return entry.Method == 0 && entry.Length != entry.Packed ? Inconsistent("An entry has two sizes") : null;
    }

    /// <summary>Each entry lies where the directory says, under the same name, and no two share bytes (a bomb of the better kind).</summary>
    private static RosterRefusal? CheckPlaces(Stream zip, List<ZipEntryRecord> entries, long directory)
    {
        long free = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Offset))
        {
            if (entry.Offset < free)
                return new RosterRefusal(RosterFailures.Bomb, "Two files of the archive share their bytes, which only bombs do.");
            if (entry.Offset > directory - LocalLength - entry.Name.Length)
                return Inconsistent("An entry is not where it should be");
            var header = new byte[LocalLength + entry.Name.Length];
            zip.Position = entry.Offset;
            zip.ReadExactly(header);
            int name = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26)), extra = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
            if (!header.AsSpan().StartsWith("PK\x03\x04"u8) || !header.AsSpan(LocalLength).SequenceEqual(entry.Name) || name != entry.Name.Length)
                return Inconsistent("An entry has two names");
            if (BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(8)) != entry.Method)
                return Inconsistent("An entry is packed in two ways");
            if ((header[6] & 1) != 0)
                return new RosterRefusal(RosterFailures.Encrypted, "The archive is encrypted. Export it without a password and send it over a protected channel.");
            var start = entry.Offset + LocalLength + name + extra;
            if (start > directory || entry.Packed > directory - start)
                return Inconsistent("An entry is larger than the archive");
            free = start + entry.Packed;
        }

        return null;
    }
}
