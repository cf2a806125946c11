using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Identity;

/// <summary>The public part of one of the gateway's own key pairs: what is published, also when the private part is gone.</summary>
internal sealed class PublicSigningKey
{
    private PublicSigningKey(JsonWebKey publicKey, string algorithm, byte[] subjectPublicKeyInfo)
    {
        Kid = Base64UrlEncoder.Encode(publicKey.ComputeJwkThumbprint());
        publicKey.Kid = Kid;
        publicKey.Use = "sig";
        publicKey.Alg = algorithm;
        PublicKey = publicKey;
        SubjectPublicKeyInfo = subjectPublicKeyInfo;
    }

    /// <summary>The key's thumbprint (RFC 7638).</summary>
    public string Kid { get; }

    /// <summary>Fit to publish and to verify with.</summary>
    public JsonWebKey PublicKey { get; }

    /// <summary>The same in DER; not secret.</summary>
    public byte[] SubjectPublicKeyInfo { get; }

    public static PublicSigningKey Of(RSA rsa)
    {
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        var publicKey = new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.RSA,
            N = Base64UrlEncoder.Encode(parameters.Modulus!),
            E = Base64UrlEncoder.Encode(parameters.Exponent!),
        };
        return new(publicKey, SecurityAlgorithms.RsaSha256, rsa.ExportSubjectPublicKeyInfo());
    }

    public static PublicSigningKey Of(ECDsa ec)
    {
        var parameters = ec.ExportParameters(includePrivateParameters: false);
        var publicKey = new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            Crv = JsonWebKeyECTypes.P256,
            X = Base64UrlEncoder.Encode(parameters.Q.X!),
            Y = Base64UrlEncoder.Encode(parameters.Q.Y!),
        };
        return new(publicKey, SecurityAlgorithms.EcdsaSha256, ec.ExportSubjectPublicKeyInfo());
    }

    public static PublicSigningKey Parse(string algorithm, byte[] subjectPublicKeyInfo)
    {
        if (algorithm == SecurityAlgorithms.RsaSha256)
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            return Of(rsa);
        }

        using var ec = ECDsa.Create();
        ec.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        return Of(ec);
    }
}
