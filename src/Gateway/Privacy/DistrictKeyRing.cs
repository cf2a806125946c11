using System.Security.Cryptography;
using Gateway.Storage.Sealing;

namespace Gateway.Privacy;

/// <summary>A district's keys, derived from its one random root key: for pseudonyms and for what is sealed in its name.</summary>
internal sealed class DistrictKeyRing
{
    private readonly SealingKey sealing;

    /// <param name="district">The district's number.</param>
    /// <param name="version">The version of its key.</param>
    /// <param name="rootKey">That version.</param>
    /// <param name="others">The other versions that something may still hang on, one that is to come included.</param>
    /// <param name="activeFrom">Since when the version is in force.</param>
    public DistrictKeyRing(int district, short version, ReadOnlySpan<byte> rootKey, IReadOnlyList<DistrictKeyRing>? others = null, DateTimeOffset activeFrom = default)
    {
        District = district;
        Version = version;
        Others = others ?? [];
        ActiveFrom = activeFrom;
        Pseudonyms = new Pseudonymiser(Derive(rootKey, "pseudonym"u8));
        sealing = new SealingKey(Derive(rootKey, "sealing"u8));
    }

    public int District { get; }

    public short Version { get; }

    /// <summary>The other versions: who is known under one of them is the same person (P-1.2).</summary>
    public IReadOnlyList<DistrictKeyRing> Others { get; }

    public DateTimeOffset ActiveFrom { get; }

    public Pseudonymiser Pseudonyms { get; }

    /// <summary>Seals under the district's key; the context is authenticated and must be given again to open.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> context)
    {
        var sealedValue = new byte[plaintext.Length + SealingKey.Overhead];
        sealing.Seal(plaintext, sealedValue, context);
        return sealedValue;
    }

    /// <summary>Opens what was sealed under any version.</summary>
    public bool TryOpen(ReadOnlySpan<byte> sealedValue, ReadOnlySpan<byte> context, out byte[] plaintext)
    {
        if (sealing.TryOpen(sealedValue, context, out plaintext))
            return true;
        foreach (var other in Others)
            if (other.sealing.TryOpen(sealedValue, context, out plaintext))
                return true;
        return false;
    }

    private static byte[] Derive(ReadOnlySpan<byte> rootKey, ReadOnlySpan<byte> purpose)
    {
        var key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, rootKey, key, salt: default, info: purpose);
        return key;
    }
}
