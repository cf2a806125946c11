using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Identity;

/// <summary>One of the gateway's own key pairs, parsed once and kept.</summary>
internal sealed class SigningKeyPair
{
    private SigningKeyPair(AsymmetricSecurityKey key, PublicSigningKey published, string algorithm)
    {
        key.KeyId = published.Kid;
        Key = key;
        Public = published;
        Algorithm = algorithm;
        Credentials = new SigningCredentials(key, algorithm);
    }

    /// <summary>The public key's thumbprint (RFC 7638).</summary>
    public string Kid => Public.Kid;

    public string Algorithm { get; }

    /// <summary>The pair, private part included: an <see cref="RsaSecurityKey"/> or an <see cref="ECDsaSecurityKey"/>.</summary>
    public AsymmetricSecurityKey Key { get; }

    public SigningCredentials Credentials { get; }

    /// <summary>The public part alone, fit to publish.</summary>
    public PublicSigningKey Public { get; }

    /// <summary>Makes a new pair; the second value is its private part (PKCS#8), for sealing.</summary>
    public static (SigningKeyPair Pair, byte[] Pkcs8) Create(string algorithm)
    {
        if (algorithm == SecurityAlgorithms.RsaSha256)
        {
            var rsa = RSA.Create(2048);
            return (Of(rsa), rsa.ExportPkcs8PrivateKey());
        }

        var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (Of(ec), ec.ExportPkcs8PrivateKey());
    }

    public static SigningKeyPair Parse(string algorithm, byte[] pkcs8)
    {
        if (algorithm == SecurityAlgorithms.RsaSha256)
        {
            var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(pkcs8, out _);
            return Of(rsa);
        }

        var ec = ECDsa.Create();
        ec.ImportPkcs8PrivateKey(pkcs8, out _);
        return Of(ec);
    }

    private static SigningKeyPair Of(RSA rsa) => new(new RsaSecurityKey(rsa), PublicSigningKey.Of(rsa), SecurityAlgorithms.RsaSha256);

    private static SigningKeyPair Of(ECDsa ec) => new(new ECDsaSecurityKey(ec), PublicSigningKey.Of(ec), SecurityAlgorithms.EcdsaSha256);
}
