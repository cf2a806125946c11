using System.Buffers.Binary;
using System.Text;

namespace Gateway.Privacy.Successor;

/// <summary>Reads what <see cref="BundleWriter"/> wrote.</summary>
/// <exception cref="System.Security.Cryptography.AuthenticationTagMismatchException">The bundle was changed or cut.</exception>
internal sealed class BundleReader(Stream from, BundleCipher cipher)
{
    private const int LongestRun = 16 * 1024 * 1024;
    private byte[] piece = [];
    private int read;
    private byte[]? ahead;
    private bool ended;

    /// <summary>The next part's name; null at the end of the bundle.</summary>
    public async Task<string?> NextPartAsync(CancellationToken cancellation) =>
        await ReadRunAsync(cancellation) is { } name ? Encoding.UTF8.GetString(name) : null;

    /// <summary>The next run of the part; null at its end, and at the end of the bundle.</summary>
    public async Task<byte[]?> ReadRunAsync(CancellationToken cancellation)
    {
        var length = new byte[4];
        if (!await ReadAsync(length, cancellation))
            return null;
        var bytes = BinaryPrimitives.ReadInt32BigEndian(length);
        if (bytes is < 0 or > LongestRun)
            throw new InvalidDataException("A run of a bundle has an impossible length.");
        if (bytes == 0)
            return null;
        var run = new byte[bytes];
        return await ReadAsync(run, cancellation) ? run : throw new InvalidDataException("A bundle ends inside a run.");
    }

    private async Task<bool> ReadAsync(Memory<byte> into, CancellationToken cancellation)
    {
        while (!into.IsEmpty)
        {
            if (read == piece.Length && !await NextPieceAsync(cancellation))
                return false;
            var taken = Math.Min(into.Length, piece.Length - read);
            piece.AsSpan(read, taken).CopyTo(into.Span);
            (read, into) = (read + taken, into[taken..]);
        }

        return true;
    }

    // A piece is known to be the last by there being none after it.
    private async Task<bool> NextPieceAsync(CancellationToken cancellation)
    {
        while (!ended)
        {
            var current = ahead ?? await ReadSealedAsync(cancellation);
            ahead = await ReadSealedAsync(cancellation);
            ended = ahead.Length == 0;
            (piece, read) = (cipher.Open(current, last: ended), 0);
            if (piece.Length > 0)
                return true;
        }

        return false;
    }

    private async Task<byte[]> ReadSealedAsync(CancellationToken cancellation)
    {
        var sealedPiece = new byte[BundleCipher.Piece + BundleCipher.Tag];
        var length = await from.ReadAtLeastAsync(sealedPiece, sealedPiece.Length, throwOnEndOfStream: false, cancellation);
        return sealedPiece[..length];
    }
}
