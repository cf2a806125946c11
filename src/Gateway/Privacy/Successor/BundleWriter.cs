using System.Buffers.Binary;

namespace Gateway.Privacy.Successor;

/// <summary>Writes parts (a name, then its bytes in runs of any length) into sealed pieces.</summary>
internal sealed class BundleWriter(Stream to, BundleCipher cipher) : IDisposable
{
    private readonly byte[] piece = new byte[BundleCipher.Piece];
    private int used;

    public async Task BeginPartAsync(string name, CancellationToken cancellation)
    {
        await WriteRunAsync(System.Text.Encoding.UTF8.GetBytes(name), cancellation);
    }

    /// <summary>A run of at least one byte.</summary>
    public async Task WriteRunAsync(ReadOnlyMemory<byte> run, CancellationToken cancellation)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, run.Length);
        await WriteAsync(length, cancellation);
        await WriteAsync(run, cancellation);
    }

    /// <summary>A run of none ends the part.</summary>
    public Task EndPartAsync(CancellationToken cancellation) => WriteRunAsync(default, cancellation);

    /// <summary>Writes what is left as the last piece.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        await to.WriteAsync(cipher.Seal(piece.AsSpan(0, used), last: true), cancellation);
        await to.FlushAsync(cancellation);
    }

    public void Dispose() => System.Security.Cryptography.CryptographicOperations.ZeroMemory(piece);

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (!bytes.IsEmpty)
        {
            if (used == piece.Length)
            {
                await to.WriteAsync(cipher.Seal(piece, last: false), cancellation);
                used = 0;
            }

            var taken = Math.Min(bytes.Length, piece.Length - used);
            bytes[..taken].CopyTo(piece.AsMemory(used));
            (used, bytes) = (used + taken, bytes[taken..]);
        }
    }
}
