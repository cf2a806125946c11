using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Gateway.Privacy;

/// <summary>Makes ids of one engine with one cipher: a page of them costs little more than its first.</summary>
internal sealed class EngineIdWriter : IDisposable
{
    // Block: kind (1 byte), zero (3), district (4), row (8).
    private readonly byte[] block = new byte[16];
    private readonly byte[] encrypted = new byte[16];
    private readonly Aes aes = Aes.Create();
    private readonly ICryptoTransform cipher;

    public EngineIdWriter(byte[] key)
    {
        aes.Key = key;
        aes.Mode = CipherMode.ECB;
        aes.Padding = PaddingMode.None;
        cipher = aes.CreateEncryptor();
    }

    public string Of(EngineIdKind kind, int district, long row)
    {
        block[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(4), district);
        BinaryPrimitives.WriteInt64BigEndian(block.AsSpan(8), row);
        cipher.TransformBlock(block, 0, block.Length, encrypted, 0);
        return Base64Url.EncodeToString(encrypted);
    }

    public void Dispose()
    {
        cipher.Dispose();
        aes.Dispose();
    }
}
