using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Gateway.Storage.Sealing;

/// <summary>
/// AES-256-GCM under one key: nonce (12 bytes), ciphertext, tag (16). Thread-safe. The cipher objects are used again, because to set
/// one up costs as much as to seal a short value with it.
/// </summary>
internal sealed class SealingKey(byte[] key)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly ConcurrentBag<AesGcm> idle = [];

    /// <summary>Bytes that sealing adds.</summary>
    public const int Overhead = NonceSize + TagSize;

    /// <summary>Seals into <paramref name="target"/>, which is longer by <see cref="Overhead"/>; the context is authenticated, not stored.</summary>
    public void Seal(ReadOnlySpan<byte> plaintext, Span<byte> target, ReadOnlySpan<byte> context)
    {
        var nonce = target[..NonceSize];
        RandomNumberGenerator.Fill(nonce);
        var aes = Rent();
        aes.Encrypt(nonce, plaintext, target.Slice(NonceSize, plaintext.Length), target.Slice(NonceSize + plaintext.Length, TagSize), context);
        idle.Add(aes);
    }

    public bool TryOpen(ReadOnlySpan<byte> value, ReadOnlySpan<byte> context, out byte[] plaintext)
    {
        plaintext = [];
        if (value.Length < Overhead)
            return false;
        var opened = new byte[value.Length - Overhead];
        var aes = Rent();
        try
        {
            aes.Decrypt(value[..NonceSize], value[NonceSize..^TagSize], value[^TagSize..], opened, context);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
        finally
        {
            idle.Add(aes);
        }

        plaintext = opened;
        return true;
    }

    // As many as were ever used at once, which is not more than threads.
    private AesGcm Rent() => idle.TryTake(out var aes) ? aes : new AesGcm(key, TagSize);
}
