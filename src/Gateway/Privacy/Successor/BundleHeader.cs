using System.Security.Cryptography;
using System.Text;

namespace Gateway.Privacy.Successor;

/// <summary>
/// What stands before the sealed pieces: the format, whose key opens it, the sender's one-time key (ECDH over P-256), the sender's own key and
/// its signature over all of that (ECDSA, SHA-256). Nothing about the district. Only who made the one-time key and who opens the bundle know the
/// key of the pieces, so the signature stands for them too (docs/adr/0052-bundles-are-signed.md).
/// </summary>
internal static class BundleHeader
{
    private const int PublicKeyLength = 91;
    private const int SignatureLength = 64;
    private static readonly byte[] Format = "gateway-bundle-2\n"u8.ToArray();
    private static readonly byte[] Before = "gateway-bundle-1\n"u8.ToArray();

    /// <summary>Length of a header in bytes.</summary>
    public static int Length => Signed + SignatureLength;

    // What the signature is over.
    private static int Signed => Format.Length + (3 * PublicKeyLength);

    /// <summary>A header for the gateway that holds the private half of <paramref name="to"/>, signed with <paramref name="from"/>, and the key of the bundle.</summary>
    public static (byte[] Header, byte[] Key) For(ECDiffieHellman to, ECDiffieHellman from)
    {
        using var once = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var signer = ECDsa.Create(from.ExportParameters(includePrivateParameters: true));
        byte[] header = [.. Format, .. to.ExportSubjectPublicKeyInfo(), .. once.ExportSubjectPublicKeyInfo(), .. from.ExportSubjectPublicKeyInfo()];
        header = [.. header, .. signer.SignData(header, HashAlgorithmName.SHA256)];
        return (header, KeyOf(once.DeriveRawSecretAgreement(to.PublicKey), header));
    }

    /// <summary>Whether a gateway of the version before, which did not sign, wrote it.</summary>
    public static bool IsUnsigned(ReadOnlySpan<byte> header) => header.StartsWith(Before);

    /// <summary>Whether the gateway with this fingerprint signed it.</summary>
    public static bool IsSignedBy(string fingerprint, byte[] header)
    {
        if (header.Length != Length || !header.AsSpan().StartsWith(Format))
            return false;
        var sender = header.AsSpan(Signed - PublicKeyLength, PublicKeyLength);
        if (FingerprintOf(sender) != fingerprint)
            return false;
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(sender, out _);
            return key.VerifyData(header.AsSpan(0, Signed), header.AsSpan(Signed), HashAlgorithmName.SHA256);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>A public key's fingerprint: SHA-256 of its SubjectPublicKeyInfo, <c>SHA256:</c> and 64 hexadecimal digits.</summary>
    public static string FingerprintOf(ReadOnlySpan<byte> publicKey) => $"SHA256:{Convert.ToHexStringLower(SHA256.HashData(publicKey))}";

    /// <summary>The key of a bundle; null when it was not made for <paramref name="own"/>, or is no bundle.</summary>
    public static byte[]? Open(ECDiffieHellman own, byte[] header)
    {
        if (header.Length != Length || !header.AsSpan().StartsWith(Format)
            || !header.AsSpan(Format.Length, PublicKeyLength).SequenceEqual(own.ExportSubjectPublicKeyInfo()))
        {
            return null;
        }

        using var once = ECDiffieHellman.Create();
        try
        {
            once.ImportSubjectPublicKeyInfo(header.AsSpan(Format.Length + PublicKeyLength), out _);
            return KeyOf(own.DeriveRawSecretAgreement(once.PublicKey), header);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Reads a public key in PEM; null when it is none of P-256.</summary>
    public static ECDiffieHellman? PublicKeyOf(string pem)
    {
        var key = ECDiffieHellman.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.ExportSubjectPublicKeyInfo().Length == PublicKeyLength && key.ExportParameters(false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value)
                return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // No key.
        }

        key.Dispose();
        return null;
    }

    private static byte[] KeyOf(byte[] agreement, byte[] header) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, agreement, 32, salt: SHA256.HashData(header), info: Encoding.UTF8.GetBytes("gateway bundle"));
}
