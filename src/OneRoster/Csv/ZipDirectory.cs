using System.Buffers.Binary;

namespace OneRoster.Csv;

/// <summary>
/// Reads the end of a ZIP archive, where it says how many entries it has: the framework's reader takes in every entry before
/// one can count them, so a hostile directory has to be refused before it is opened.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int End64Length = 56;

    /// <summary>Finds the number of entries and the size of the directory (APPNOTE 4.3.14 to 4.3.16).</summary>
    /// <returns>Null when there is no end record: not a ZIP archive.</returns>
    public static (long Entries, long Bytes)? Read(Stream zip)
    {
        var tail = new byte[(int)Math.Min(zip.Length, EndLength + ushort.MaxValue + LocatorLength)];
        zip.Position = zip.Length - tail.Length;
        zip.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || tail.Length - end < EndLength)
            return null;

        var endPosition = zip.Length - tail.Length + end;
        long entries = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        long start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if ((entries == ushort.MaxValue || start == uint.MaxValue) && end >= LocatorLength
            && tail.AsSpan(end - LocatorLength, 4).SequenceEqual("PK\x06\x07"u8))
        {
            var position = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - LocatorLength + 8));
            if (position < 0 || position > zip.Length - End64Length)
                return null;
            var record = new byte[End64Length];
            zip.Position = position;
            zip.ReadExactly(record);
            entries = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(32));
            start = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48));
        }

        // The declared size may lie; everything between the directory's start and the end record is what a reader may go through.
        return entries < 0 || start < 0 || start > endPosition ? null : (entries, endPosition - start);
    }
}
