using System.Buffers.Binary;
using System.Text;

namespace OneRoster.Tests.Csv;

/// <summary>A ZIP archive as bytes, to be bent: APPNOTE's records by their places.</summary>
internal sealed class ZipBytes(byte[] bytes)
{
    public byte[] Bytes { get; private set; } = bytes;

    public int End => Bytes.AsSpan().LastIndexOf("PK\x05\x06"u8);

    public int Directory => BinaryPrimitives.ReadInt32LittleEndian(Bytes.AsSpan(End + 16));

    /// <summary>Where the directory's record of an entry begins.</summary>
    public int Central(string name)
    {
        for (var at = Directory; at < End; at += 46 + Short(at + 28) + Short(at + 30) + Short(at + 32))
            if (Encoding.UTF8.GetString(Bytes, at + 46, Short(at + 28)) == name)
                return at;
        throw new ArgumentException("There is no such entry.", nameof(name));
    }

    /// <summary>Where the header in front of an entry's data begins.</summary>
    public int Local(string name) => BinaryPrimitives.ReadInt32LittleEndian(Bytes.AsSpan(Central(name) + 42));

    /// <summary>Where an entry's data begins.</summary>
    public int Data(string name) => Local(name) + 30 + Short(Local(name) + 26) + Short(Local(name) + 28);

    public int Short(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes.AsSpan(at));

    public uint Int(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan(at));

    public void PutShort(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(Bytes.AsSpan(at), (ushort)value);

    public void PutInt(int at, long value) => BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(at), (uint)value);

    public void Append(ReadOnlySpan<byte> more) => Bytes = [.. Bytes, .. more];
}
