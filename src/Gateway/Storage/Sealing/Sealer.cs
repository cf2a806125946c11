using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Storage.Sealing;

/// <summary>
/// Authenticated encryption (AES-256-GCM) under a key derived (HKDF-SHA-256) from the master key for one purpose.
/// Layout: format (1 byte), master key id (4), nonce (12), ciphertext, tag (16). The context is authenticated, not stored:
/// a value moved to another row or another purpose does not open.
/// </summary>
internal sealed class Sealer(MasterKeys masterKeys)
{
    private const byte Format = 1;
    private const int Header = 1 + 4;
    private readonly ConcurrentDictionary<(uint, string), Derived> derived = new();

    public byte[] Seal(string purpose, ReadOnlySpan<byte> plaintext, string context = "")
    {
        var (id, _) = masterKeys.Current;
        var sealedValue = new byte[Header + plaintext.Length + SealingKey.Overhead];
        sealedValue[0] = Format;
        BinaryPrimitives.WriteUInt32LittleEndian(sealedValue.AsSpan(1), id);
        Derive(id, purpose)!.Sealing.Seal(plaintext, sealedValue.AsSpan(Header), Encoding.UTF8.GetBytes(context));
        return sealedValue;
    }

    public bool TryOpen(string purpose, ReadOnlySpan<byte> sealedValue, out byte[] plaintext, string context = "")
    {
        plaintext = [];
        if (sealedValue.Length < Header + SealingKey.Overhead || sealedValue[0] != Format)
            return false;
        var key = Derive(BinaryPrimitives.ReadUInt32LittleEndian(sealedValue[1..]), purpose);
        return key is not null && key.Sealing.TryOpen(sealedValue[Header..], Encoding.UTF8.GetBytes(context), out plaintext);
    }

    /// <summary>Opens what this gateway sealed itself; failing means a lost or wrong master key, which is lost infrastructure.</summary>
    public byte[] Open(string purpose, ReadOnlySpan<byte> sealedValue, string context = "") =>
        TryOpen(purpose, sealedValue, out var plaintext, context)
            ? plaintext
            : throw new CryptographicException($"A sealed value ({purpose}) does not open: is its master key missing from Gateway__MasterKeyFile?");

    /// <summary>The name of the master key under which a value was sealed, or null: it is no sealed value.</summary>
    public static uint? KeyIdOf(ReadOnlySpan<byte> sealedValue) =>
        sealedValue.Length >= Header && sealedValue[0] == Format ? BinaryPrimitives.ReadUInt32LittleEndian(sealedValue[1..]) : null;

    /// <summary>A sealed value as text for URLs (base64url).</summary>
    public string SealText(string purpose, ReadOnlySpan<byte> plaintext) => Base64Url.EncodeToString(Seal(purpose, plaintext));

    public bool TryOpenText(string purpose, ReadOnlySpan<char> text, out byte[] plaintext)
    {
        plaintext = [];
        // The decoder throws for a foreign character instead of answering false.
        if (text.Length is 0 or > 16_384 || !Base64Url.IsValid(text))
            return false;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.TryDecodeFromChars(text, bytes, out var written) && TryOpen(purpose, bytes.AsSpan(0, written), out plaintext);
    }

    /// <summary>A keyed hash for secrets that are compared and never shown again.</summary>
    public byte[] Fingerprint(string purpose, ReadOnlySpan<byte> value) => HMACSHA256.HashData(Derive(masterKeys.Current.Id, purpose)!.Key, value);

    public bool FingerprintMatches(string purpose, ReadOnlySpan<byte> value, ReadOnlySpan<byte> fingerprint)
    {
        var matches = false;
        foreach (var (id, _) in masterKeys.All)
            matches |= CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(Derive(id, purpose)!.Key, value), fingerprint);
        return matches;
    }

    private Derived? Derive(uint keyId, string purpose) =>
        derived.TryGetValue((keyId, purpose), out var known) ? known : DeriveNew(keyId, purpose);

    private Derived? DeriveNew(uint keyId, string purpose)
    {
        if (masterKeys.Find(keyId) is not { } master)
            return null;
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, info: Encoding.UTF8.GetBytes(purpose));
        return derived.GetOrAdd((keyId, purpose), new Derived(key, new SealingKey(key)));
    }

    private sealed record Derived(byte[] Key, SealingKey Sealing);
}
