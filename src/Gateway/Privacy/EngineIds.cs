using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Gateway.Privacy;

/// <summary>
/// The ids that one engine sees: a row's number encrypted under the engine's own key (AES-256, one block), so that two engines never
/// see the same id for a person, nothing needs to be stored, and an id leads back to its row. 22 characters, base64url.
/// </summary>
internal sealed class EngineIds(byte[] key)
{
    // Block: kind (1 byte), zero (3), district (4), row (8). The zeros make a guessed id fail.
    private const int Block = 16;

    public string Of(EngineIdKind kind, int district, long row)
    {
        using var ids = Begin();
        return ids.Of(kind, district, row);
    }

    /// <summary>For many ids in a row, by one thread.</summary>
    public EngineIdWriter Begin() => new(key);

    /// <summary>
    /// An id for a guest's one launch: it never comes again, leads to no row, and cannot be a learner's, because the kind is part of it.
    /// </summary>
    public string OfGuest(int district, Guid launch) =>
        // The last 8 bytes of a version 7 UUID are random (RFC 9562 5.7).
        Of(EngineIdKind.Guest, district, BinaryPrimitives.ReadInt64BigEndian(launch.ToByteArray(bigEndian: true).AsSpan(8)));

    /// <summary>The row behind an id, or null when the id is not one of this engine, kind and district.</summary>
    public long? RowOf(EngineIdKind kind, int district, ReadOnlySpan<char> id) =>
        Open(kind, id) is { } opened && opened.District == district ? opened.Row : null;

    /// <summary>The district whose row an id of this engine and kind leads to; null when it is none.</summary>
    public int? DistrictOf(EngineIdKind kind, ReadOnlySpan<char> id) => Open(kind, id)?.District;

    private (int District, long Row)? Open(EngineIdKind kind, ReadOnlySpan<char> id)
    {
        Span<byte> encrypted = stackalloc byte[Block + 2];
        if (id.Length != 22 || !Base64Url.IsValid(id) || !Base64Url.TryDecodeFromChars(id, encrypted, out var written) || written != Block)
            return null;
        Span<byte> block = stackalloc byte[Block];
        using var aes = Aes.Create();
        aes.Key = key;
        aes.DecryptEcb(encrypted[..Block], block, PaddingMode.None);
        return block[0] == (byte)kind && block[1] == 0 && block[2] == 0 && block[3] == 0
            ? (BinaryPrimitives.ReadInt32BigEndian(block[4..]), BinaryPrimitives.ReadInt64BigEndian(block[8..]))
            : null;
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

    /// <summary>A place in a district's change feed.</summary>
    Change = 6,
}
