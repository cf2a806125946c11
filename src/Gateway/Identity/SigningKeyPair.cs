using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Identity;

/// <summary>One of the gateway's own key pairs, parsed once and kept.</summary>
internal sealed class SigningKeyPair
{
    private SigningKeyPair(AsymmetricSecurityKey key, JsonWebKey publicKey, string algorithm)
    {
        Kid = Base64UrlEncoder.Encode(publicKey.ComputeJwkThumbprint());
        key.KeyId = Kid;
        publicKey.Kid = Kid;
        publicKey.Use = "sig";
        publicKey.Alg = algorithm;
        Key = key;
        PublicKey = publicKey;
        Algorithm = algorithm;
        Credentials = new SigningCredentials(key, algorithm);
    }

    /// <summary>The public key's thumbprint (RFC 7638).</summary>
    public string Kid { get; }

    public string Algorithm { get; }

    /// <summary>The pair, private part included: an <see cref="RsaSecurityKey"/> or an <see cref="ECDsaSecurityKey"/>.</summary>
    public AsymmetricSecurityKey Key { get; }

    public SigningCredentials Credentials { get; }

    /// <summary>The public part alone, fit to publish.</summary>
    public JsonWebKey PublicKey { get; }

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

    private static SigningKeyPair Of(RSA rsa)
    {
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        var publicKey = new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.RSA,
            N = Base64UrlEncoder.Encode(parameters.Modulus!),
            E = Base64UrlEncoder.Encode(parameters.Exponent!),
        };
        return new(new RsaSecurityKey(rsa), publicKey, SecurityAlgorithms.RsaSha256);
    }

    private static SigningKeyPair Of(ECDsa ec)
    {
        var parameters = ec.ExportParameters(includePrivateParameters: false);
        var publicKey = new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            Crv = JsonWebKeyECTypes.P256,
            X = Base64UrlEncoder.Encode(parameters.Q.X!),
            Y = Base64UrlEncoder.Encode(parameters.Q.Y!),
        };
        return new(new ECDsaSecurityKey(ec), publicKey, SecurityAlgorithms.EcdsaSha256);
    }
}
