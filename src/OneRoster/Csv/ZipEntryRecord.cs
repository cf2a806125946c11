using System.Buffers.Binary;

namespace OneRoster.Csv;

/// <summary>One entry as the directory of a ZIP archive describes it (APPNOTE 4.3.12).</summary>
internal sealed record ZipEntryRecord
{
    private const int FixedLength = 46;
    private const int Zip64Extra = 1;

    public required byte[] Name { get; init; }

    public required int Flags { get; init; }

    public required int Method { get; init; }

    public required uint Crc { get; init; }

    public required long Packed { get; init; }

    public required long Length { get; init; }

    /// <summary>Where its local header begins.</summary>
    public required long Offset { get; init; }

    public required bool IsLink { get; init; }

    /// <summary>APPNOTE 4.4.4: bit 0 encrypted, bit 6 strongly, bit 13 with a hidden directory; method 99 is WinZip's AES.</summary>
    public bool IsEncrypted => (Flags & 0x2041) != 0 || Method == 99;

    /// <summary>Stored, Deflate, and Deflate64, which Windows uses for files above 2 GiB.</summary>
    public bool IsReadable => Method is 0 or 8 or 9;

    /// <summary>Reads the record at the start of <paramref name="directory"/>.</summary>
    /// <param name="directory">The rest of the directory; afterwards what follows the record.</param>
    /// <returns>Null when it is no record, or one that does not fit.</returns>
    public static ZipEntryRecord? Read(ref ReadOnlySpan<byte> directory)
    {
        if (directory.Length < FixedLength || !directory.StartsWith("PK\x01\x02"u8))
            return null;
        int name = Short(directory, 28), extra = Short(directory, 30), comment = Short(directory, 32), disk = Short(directory, 34);
        var whole = FixedLength + name + extra + comment;
        if (directory.Length < whole)
            return null;
        long length = Int(directory, 24), packed = Int(directory, 20), offset = Int(directory, 42);
        if ((length == uint.MaxValue && !Take64(directory.Slice(FixedLength + name, extra), 0, out length))
            || (packed == uint.MaxValue && !Take64(directory.Slice(FixedLength + name, extra), Int(directory, 24) == uint.MaxValue ? 1 : 0, out packed))
            || (offset == uint.MaxValue && !Take64(
                directory.Slice(FixedLength + name, extra),
                (Int(directory, 24) == uint.MaxValue ? 1 : 0) + (Int(directory, 20) == uint.MaxValue ? 1 : 0), out offset)))
            return null;
        if (length < 0 || packed < 0 || offset < 0 || disk is not (0 or ushort.MaxValue))
            return null;

        // Made on Unix (3) or macOS (19): the upper half of the external attributes is the file's mode.
        var mode = directory[5] is 3 or 19 ? Int(directory, 38) >> 16 : 0;
        var record = new ZipEntryRecord
        {
            Name = directory.Slice(FixedLength, name).ToArray(),
            Flags = Short(directory, 8),
            Method = Short(directory, 10),
            Crc = Int(directory, 16),
            Packed = packed,
            Length = length,
            Offset = offset,
            IsLink = (mode & 0xF000) == 0xA000,
        };
        directory = directory[whole..];
        return record;
    }

    private static int Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    /// <summary>APPNOTE 4.5.3: the 64-bit values of those fields that are all ones, in their order.</summary>
    private static bool Take64(ReadOnlySpan<byte> extra, int index, out long value)
    {
        value = 0;
        while (extra.Length >= 4)
        {
            int id = Short(extra, 0), size = Short(extra, 2);
            if (size > extra.Length - 4)
                return false;
            if (id == Zip64Extra)
            {
                if (size < (index + 1) * 8)
                    return false;
                value = BinaryPrimitives.ReadInt64LittleEndian(extra[(4 + (index * 8))..]);
                return true;
            }

            extra = extra[(4 + size)..];
        }

        return false;
    }
}
