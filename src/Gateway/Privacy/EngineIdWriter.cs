using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Gateway.Privacy;

/// <summary>Makes ids of one engine with one cipher, for one thread: a page of them costs little more than its first.</summary>
internal sealed class EngineIdWriter : IDisposable
{
    // Block: kind (1 byte), zero (3), district (4), row (8).
    private const int Block = 16;
    private readonly byte[] one = new byte[Block];
    private readonly byte[] encrypted = new byte[Block];
    private readonly Aes aes = Aes.Create();
    private readonly ICryptoTransform cipher;

    public EngineIdWriter(byte[] key)
    {
        (aes.Key, aes.Mode, aes.Padding) = (key, CipherMode.ECB, PaddingMode.None);
        cipher = aes.CreateEncryptor();
    }

    public string Of(EngineIdKind kind, int district, long row)
    {
        Fill(one, kind, district, row);
        cipher.TransformBlock(one, 0, Block, encrypted, 0);
        return Base64Url.EncodeToString(encrypted);
    }

    /// <summary>The ids of many rows, in their order.</summary>
    public string[] Of(int district, IReadOnlyList<(EngineIdKind Kind, long Row)> rows)
    {
        var blocks = new byte[rows.Count * Block];
        for (var i = 0; i < rows.Count; i++)
            Fill(blocks.AsSpan(i * Block, Block), rows[i].Kind, district, rows[i].Row);
        if (blocks.Length > 0)
            cipher.TransformBlock(blocks, 0, blocks.Length, blocks, 0);
        var ids = new string[rows.Count];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = Base64Url.EncodeToString(blocks.AsSpan(i * Block, Block));
        return ids;
    }

    public void Dispose()
    {
        cipher.Dispose();
        aes.Dispose();
    }

    private static void Fill(Span<byte> block, EngineIdKind kind, int district, long row)
    {
        block[0] = (byte)kind;
        block[1..4].Clear();
        BinaryPrimitives.WriteInt32BigEndian(block[4..], district);
        BinaryPrimitives.WriteInt64BigEndian(block[8..], row);
    }
}
