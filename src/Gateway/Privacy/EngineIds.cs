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
        Span<byte> block = stackalloc byte[Block];
        block[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(block[4..], district);
        BinaryPrimitives.WriteInt64BigEndian(block[8..], row);
        Span<byte> encrypted = stackalloc byte[Block];
        using var aes = Aes.Create();
        aes.Key = key;
        aes.EncryptEcb(block, encrypted, PaddingMode.None);
        return Base64Url.EncodeToString(encrypted);
    }

    /// <summary>The row behind an id, or null when the id is not one of this engine, kind and district.</summary>
    public long? RowOf(EngineIdKind kind, int district, ReadOnlySpan<char> id)
    {
        Span<byte> encrypted = stackalloc byte[Block + 2];
        if (id.Length != 22 || !Base64Url.IsValid(id) || !Base64Url.TryDecodeFromChars(id, encrypted, out var written) || written != Block)
            return null;
        Span<byte> block = stackalloc byte[Block];
        using var aes = Aes.Create();
        aes.Key = key;
        aes.DecryptEcb(encrypted[..Block], block, PaddingMode.None);
        return block[0] == (byte)kind && block[1] == 0 && block[2] == 0 && block[3] == 0 && BinaryPrimitives.ReadInt32BigEndian(block[4..]) == district
            ? BinaryPrimitives.ReadInt64BigEndian(block[8..])
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
}
