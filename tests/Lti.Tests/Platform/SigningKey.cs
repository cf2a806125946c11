using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Lti.Tests.Platform;

/// <summary>A key of the fake platform; it signs by hand, so that tokens can also be wrong.</summary>
internal sealed class SigningKey
{
    private static readonly Lazy<RSA> RsaOne = new(() => RSA.Create(2048));
    private static readonly Lazy<RSA> RsaTwo = new(() => RSA.Create(2048));
    private static readonly Lazy<RSA> RsaWeak = new(() => RSA.Create(1024));
    private static readonly Lazy<ECDsa> Curve = new(() => ECDsa.Create(ECCurve.NamedCurves.nistP256));

    private readonly RSA? rsa;
    private readonly ECDsa? curve;

    private SigningKey(string keyId, string algorithm, RSA? rsa, ECDsa? curve)
    {
        KeyId = keyId;
        Algorithm = algorithm;
        this.rsa = rsa;
        this.curve = curve;
    }

    public static SigningKey First { get; } = new("first", "RS256", RsaOne.Value, null);

    public static SigningKey Second { get; } = new("second", "RS256", RsaTwo.Value, null);

    public static SigningKey Pss { get; } = new("pss", "PS256", RsaOne.Value, null);

    public static SigningKey Elliptic { get; } = new("elliptic", "ES256", null, Curve.Value);

    public static SigningKey Weak { get; } = new("weak", "RS256", RsaWeak.Value, null);

    public string KeyId { get; }

    public string Algorithm { get; }

    public RSA Rsa => rsa!;

    public JsonObject ToJwk(bool withAlgorithm = true)
    {
        JsonObject jwk = new() { ["kid"] = KeyId, ["use"] = "sig" };
        if (withAlgorithm) jwk["alg"] = Algorithm;
        if (rsa is not null)
        {
            var parameters = rsa.ExportParameters(false);
            jwk["kty"] = "RSA";
            jwk["n"] = Base64Url.EncodeToString(parameters.Modulus);
            jwk["e"] = Base64Url.EncodeToString(parameters.Exponent);
        }
        else
        {
            var parameters = curve!.ExportParameters(false);
            jwk["kty"] = "EC";
            jwk["crv"] = "P-256";
            jwk["x"] = Base64Url.EncodeToString(parameters.Q.X);
            jwk["y"] = Base64Url.EncodeToString(parameters.Q.Y);
        }

        return jwk;
    }

    public string Sign(string header, string payload)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = (rsa, Algorithm) switch
        {
            (null, _) => curve!.SignData(bytes, HashAlgorithmName.SHA256),
            (_, "PS256") => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            _ => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }
}
