using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Gateway.Privacy;

/// <summary>
/// The ids that one engine sees: a row's number encrypted under the engine's own key (AES-256, one block), so that two engines never
/// see the same id for a person, nothing needs to be stored, and an id leads back to its row. 22 characters, base64url.
/// </summary>
internal sealed class EngineIds(byte[] key)
{
    /// <summary>Characters of an id.</summary>
    public const int Length = 22;

    // Block: kind (1 byte), zero (3), district (4), row (8). The zeros make a guessed id fail.
    internal const int Block = 16;

    // Setting a cipher up costs far more than encrypting a page with it.
    private readonly ConcurrentBag<ICryptoTransform> encryptors = [];
    private readonly ConcurrentBag<ICryptoTransform> decryptors = [];

    public string Of(EngineIdKind kind, int district, long row) => Begin().Add(kind, district, row).ToString();

    /// <summary>For the ids of one answer.</summary>
    public EngineIdPage Begin() => new(this);

    /// <summary>
    /// An id for a guest's one launch: it never comes again, leads to no row, and cannot be a learner's, because the kind is part of it.
    /// </summary>
    public string OfGuest(int district, Guid launch) =>
        // The last 8 bytes of a version 7 UUID are random (RFC 9562 5.7).
        Of(EngineIdKind.Guest, district, BinaryPrimitives.ReadInt64BigEndian(launch.ToByteArray(bigEndian: true).AsSpan(8)));

    /// <summary>Rows' ids as numbers that sort as the ids' bytes do.</summary>
    internal UInt128[] KeysOf(EngineIdKind kind, int district, ReadOnlySpan<long> rows)
    {
        var blocks = new byte[rows.Length * Block];
        for (var i = 0; i < rows.Length; i++)
            Fill(blocks.AsSpan(i * Block, Block), kind, district, rows[i]);
        Encrypt(blocks, 0, blocks.Length);
        var keys = new UInt128[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            keys[i] = BinaryPrimitives.ReadUInt128BigEndian(blocks.AsSpan(i * Block, Block));
        return keys;
    }

    /// <summary>The row behind an id, or null when the id is not one of this engine, kind and district.</summary>
    public long? RowOf(EngineIdKind kind, int district, ReadOnlySpan<char> id) =>
        Open(kind, id) is { } opened && opened.District == district ? opened.Row : null;

    /// <summary>The district whose row an id of this engine and kind leads to; null when it is none.</summary>
    public int? DistrictOf(EngineIdKind kind, ReadOnlySpan<char> id) => Open(kind, id)?.District;

    internal static void Fill(Span<byte> block, EngineIdKind kind, int district, long row)
    {
        block[0] = (byte)kind;
        block[1..4].Clear();
        BinaryPrimitives.WriteInt32BigEndian(block[4..], district);
        BinaryPrimitives.WriteInt64BigEndian(block[8..], row);
    }

    internal void Encrypt(byte[] blocks, int offset, int count) => Transform(encryptors, decrypt: false, blocks, offset, count);

    private (int District, long Row)? Open(EngineIdKind kind, ReadOnlySpan<char> id)
    {
        var block = new byte[Block];
        // A buffer of 16 bytes is too small for an id that says more.
        if (id.Length != Length || !Base64Url.IsValid(id) || !Base64Url.TryDecodeFromChars(id, block, out var written) || written != Block)
            return null;
        Transform(decryptors, decrypt: true, block, 0, Block);
        return block[0] == (byte)kind && block[1] == 0 && block[2] == 0 && block[3] == 0
            ? (BinaryPrimitives.ReadInt32BigEndian(block.AsSpan(4)), BinaryPrimitives.ReadInt64BigEndian(block.AsSpan(8)))
            : null;
    }

    private void Transform(ConcurrentBag<ICryptoTransform> idle, bool decrypt, byte[] blocks, int offset, int count)
    {
        if (!idle.TryTake(out var cipher))
            cipher = Make(decrypt);
        if (count > 0)
            cipher.TransformBlock(blocks, offset, count, blocks, offset);
        idle.Add(cipher);
    }

    private ICryptoTransform Make(bool decrypt)
    {
        using var aes = Aes.Create();
        (aes.Key, aes.Mode, aes.Padding) = (key, CipherMode.ECB, PaddingMode.None);
        return decrypt ? aes.CreateDecryptor() : aes.CreateEncryptor();
    }
}

/// <summary>What an id that an engine sees stands for.</summary>
internal enum EngineIdKind : byte
{
    /// <summary>A learner.</summary>
    Learner = 1,

    /// <summary>A school.</summary>
    School = 2,

    /// <summary>A class.</summary>
    Class = 3,

    /// <summary>A term.</summary>
    Term = 4,

    /// <summary>One launch of somebody who is nobody here.</summary>
    Guest = 5,

    /// <summary>A change of a district's feed.</summary>
    Change = 6,

    /// <summary>How far a district's feed has been read.</summary>
    Cursor = 7,

    /// <summary>The first change of a transaction that is being read, and with <see cref="CursorPlace"/> a cursor.</summary>
    CursorStart = 8,

    /// <summary>How many changes a transaction has, and how many of them were read.</summary>
    CursorPlace = 9,

    /// <summary>No id: what <see cref="EngineShuffle"/> asks the cipher.</summary>
    Shuffle = 10,
}
