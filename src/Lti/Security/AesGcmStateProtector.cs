using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Lti.Security;

/// <summary>
/// Seals with AES-256-GCM: <c>version (1) ‖ nonce (12) ‖ tag (16) ‖ ciphertext</c> in base64url. The first key seals, all keys open.
/// Nonces are random, so a key should seal fewer than 2^32 states (NIST SP 800-38D, 8.3).
/// </summary>
public sealed class AesGcmStateProtector : IStateProtector
{
    private const byte Version = 1;
    private const int NonceStart = 1;
    private const int TagStart = NonceStart + 12;
    private const int TextStart = TagStart + 16;
    private const int LongestText = 32 * 1024;

    private readonly byte[][] keys;

    /// <summary>Takes the keys, 32 random bytes each: the current one first, older ones that still open after it.</summary>
    /// <exception cref="ArgumentException">There is no key, or one is not 32 bytes long.</exception>
    public AesGcmStateProtector(params IEnumerable<byte[]> keys)
    {
        this.keys = [.. keys.Select(key => key.ToArray())];
        if (this.keys.Length == 0 || this.keys.Any(key => key.Length != 32))
            throw new ArgumentException("At least one key is needed, and each is 32 bytes long.", nameof(keys));
    }

    /// <inheritdoc/>
    public string Protect(ReadOnlySpan<byte> plain)
    {
        var box = new byte[TextStart + plain.Length];
        box[0] = Version;
        RandomNumberGenerator.Fill(box.AsSpan(NonceStart, 12));
        using AesGcm aes = new(keys[0], tagSizeInBytes: 16);
        aes.Encrypt(box.AsSpan(NonceStart, 12), plain, box.AsSpan(TextStart), box.AsSpan(TagStart, 16), "lti state 1"u8);
        return Base64Url.EncodeToString(box);
    }

    /// <inheritdoc/>
    public bool TryUnprotect(ReadOnlySpan<char> sealedText, [NotNullWhen(true)] out byte[]? plain)
    {
        plain = null;
        if (sealedText.Length > LongestText || !Base64Url.IsValid(sealedText)) return false;
        var box = Base64Url.DecodeFromChars(sealedText);
        if (box.Length < TextStart || box[0] != Version) return false;
        var opened = new byte[box.Length - TextStart];
        foreach (var key in keys)
        {
            if (!TryOpen(key, box, opened)) continue;
            plain = opened;
            return true;
        }

        return false;
    }

    private static bool TryOpen(byte[] key, byte[] box, byte[] opened)
    {
        using AesGcm aes = new(key, tagSizeInBytes: 16);
        try
        {
            aes.Decrypt(box.AsSpan(NonceStart, 12), box.AsSpan(TextStart), box.AsSpan(TagStart, 16), opened, "lti state 1"u8);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
