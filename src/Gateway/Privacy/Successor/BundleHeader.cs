using System.Security.Cryptography;
using System.Text;

namespace Gateway.Privacy.Successor;

/// <summary>
/// What stands before the sealed pieces: the format, whose key opens it, and the sender's one-time key (ECDH over P-256). Nothing about
/// the district.
/// </summary>
internal static class BundleHeader
{
    private const int PublicKeyLength = 91;
    private static readonly byte[] Format = "gateway-bundle-1\n"u8.ToArray();

    /// <summary>Length of a header in bytes.</summary>
    public static int Length => Format.Length + (2 * PublicKeyLength);

    /// <summary>A header for whoever holds the private half of <paramref name="to"/>, and the key of the bundle.</summary>
    public static (byte[] Header, byte[] Key) For(ECDiffieHellman to)
    {
        using var once = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        byte[] header = [.. Format, .. to.ExportSubjectPublicKeyInfo(), .. once.ExportSubjectPublicKeyInfo()];
        return (header, KeyOf(once.DeriveRawSecretAgreement(to.PublicKey), header));
    }

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
