using System.Security.Cryptography;
using Gateway.Storage.Sealing;

namespace Gateway.Privacy;

/// <summary>A district's keys, derived from its one random root key: for pseudonyms and for what is sealed in its name.</summary>
internal sealed class DistrictKeyRing
{
    private readonly SealingKey sealing;

    public DistrictKeyRing(int district, short version, ReadOnlySpan<byte> rootKey)
    {
        District = district;
        Version = version;
        Pseudonyms = new Pseudonymiser(Derive(rootKey, "pseudonym"u8));
        sealing = new SealingKey(Derive(rootKey, "sealing"u8));
    }

    public int District { get; }

    public short Version { get; }

    public Pseudonymiser Pseudonyms { get; }

    /// <summary>Seals under the district's key; the context is authenticated and must be given again to open.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> context)
    {
        var sealedValue = new byte[plaintext.Length + SealingKey.Overhead];
        sealing.Seal(plaintext, sealedValue, context);
        return sealedValue;
    }

    public bool TryOpen(ReadOnlySpan<byte> sealedValue, ReadOnlySpan<byte> context, out byte[] plaintext) =>
        sealing.TryOpen(sealedValue, context, out plaintext);

    private static byte[] Derive(ReadOnlySpan<byte> rootKey, ReadOnlySpan<byte> purpose)
    {
        var key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, rootKey, key, salt: default, info: purpose);
        return key;
    }
}
