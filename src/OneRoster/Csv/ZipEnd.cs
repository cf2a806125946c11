using System.Buffers.Binary;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>What the end of a ZIP archive says of its directory (APPNOTE 4.3.14 to 4.3.16).</summary>
/// <param name="Entries">How many entries there are.</param>
/// <param name="Start">Where the directory begins.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Position">Where the end record begins.</param>
internal readonly record struct ZipEnd(long Entries, long Start, long Length, long Position)
{
    private const int RecordLength = 22;
    private const int LocatorLength = 20;
    private const int Record64Length = 56;

    /// <summary>
    /// Finds the end record. Two readers must not find two different ones: it has to reach exactly to the end of the file, comment included,
    /// and no second one may do the same.
    /// </summary>
    public static (ZipEnd? End, RosterRefusal? Refusal) Find(Stream zip)
    {
        var tail = new byte[(int)Math.Min(zip.Length, RecordLength + ushort.MaxValue + LocatorLength)];
        zip.Position = zip.Length - tail.Length;
        zip.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (at < 0 || tail.Length - at < RecordLength)
            return (null, NotAZip);
        if (!ReachesTheEnd(tail, at))
            return (null, ZipDirectory.Inconsistent("Its end is not where it says"));
        for (var earlier = at; earlier > 0;)
        {
            earlier = tail.AsSpan(0, earlier).LastIndexOf("PK\x05\x06"u8);
            if (earlier >= 0 && ReachesTheEnd(tail, earlier))
                return (null, ZipDirectory.Inconsistent("It has two ends"));
        }

        var record = tail.AsSpan(at);
        var position = zip.Length - tail.Length + at;
        var disks = BinaryPrimitives.ReadUInt32LittleEndian(record[4..]);
        long entries = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        long start = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        if ((entries == ushort.MaxValue || start == uint.MaxValue || length == uint.MaxValue) && at >= LocatorLength
            && tail.AsSpan(at - LocatorLength, 4).SequenceEqual("PK\x06\x07"u8))
        {
            if (Read64(zip, BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(at - LocatorLength + 8)), position) is not var (entries64, length64, start64))
                return (null, ZipDirectory.Inconsistent("Its 64-bit end is not where it says"));
            (entries, length, start) = (entries64, length64, start64);
            disks = 0;
        }

        // Checked by subtraction: the sum of two lies may overflow.
        return disks != 0 || entries < 0 || start < 0 || length < 0 || start > position || length > position - start
            ? (null, NotAZip)
            : (new ZipEnd(entries, start, length, position), null);
    }

    private static RosterRefusal NotAZip =>
        new(RosterFailures.NotAZip, "The file is not a ZIP archive, or a damaged one. Upload the ZIP archive that the SIS exports.");

    private static bool ReachesTheEnd(ReadOnlySpan<byte> tail, int at) =>
        tail.Length - at >= RecordLength && at + RecordLength + BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 20)..]) == tail.Length;

    private static (long Entries, long Length, long Start)? Read64(Stream zip, long position, long before)
    {
        if (position < 0 || position > before - Record64Length)
            return null;
        var record = new byte[Record64Length];
        zip.Position = position;
        zip.ReadExactly(record);
        return record.AsSpan().StartsWith("PK\x06\x06"u8)
            ? (BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(32)), BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(40)),
                BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)))
            : null;
    }
}
