using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Gateway.Privacy.Successor;

/// <summary>
/// A stream of bytes sealed in pieces of 64 KiB: AES-256-GCM under a key that is used for one bundle, so that a counter is a safe nonce.
/// Each piece is bound to the bundle's header and to whether it is the last: a bundle that was cut, reordered or mixed does not open.
/// </summary>
internal sealed class BundleCipher(byte[] key, byte[] header) : IDisposable
{
    public const int Piece = 64 * 1024;
    public const int Tag = 16;
    private readonly AesGcm aes = new(key, Tag);
    private ulong counter;

    public byte[] Seal(ReadOnlySpan<byte> piece, bool last)
    {
        var sealedPiece = new byte[piece.Length + Tag];
        aes.Encrypt(Nonce(), piece, sealedPiece.AsSpan(0, piece.Length), sealedPiece.AsSpan(piece.Length), Bound(last));
        return sealedPiece;
    }

    /// <exception cref="AuthenticationTagMismatchException">It is not the piece that has to be here.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedPiece, bool last)
    {
        if (sealedPiece.Length < Tag)
            throw new AuthenticationTagMismatchException();
        var piece = new byte[sealedPiece.Length - Tag];
        aes.Decrypt(Nonce(), sealedPiece[..piece.Length], sealedPiece[piece.Length..], piece, Bound(last));
        return piece;
    }

    public void Dispose() => aes.Dispose();

    private byte[] Bound(bool last) => [.. header, last ? (byte)1 : (byte)0];

    private byte[] Nonce()
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(4), counter++);
        return nonce;
    }
}
