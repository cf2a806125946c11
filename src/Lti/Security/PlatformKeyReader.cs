using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Lti.Security;

/// <summary>
/// Makes a verifying key of one JWK (RFC 7517 4; RFC 7518 6). Members that are not needed (<c>x5c</c>, <c>x5t</c> and others) are not
/// looked at, whatever they are; those that are needed must be exactly what the specifications say.
/// </summary>
internal static class PlatformKeyReader
{
    // The parameters of RSA and EC private keys, and of symmetric keys (RFC 7518 6.2.2, 6.3.2, 6.4.1).
    private static readonly string[] Secrets = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>The key, or null when it cannot verify anything. One that may not be used keeps its id and has no algorithm.</summary>
    public static PlatformKey? Read(JsonElement jwk)
    {
        // RFC 7517 4.2: a key for encryption does not verify. RFC 7517 4.5: the id is a text.
        if (Text(jwk, "kid") is not { Length: > 0 } id || !IsForSignatures(jwk)) return null;
        SecurityKey? key = Text(jwk, "kty") switch
        {
            "RSA" => Rsa(jwk),
            "EC" when Text(jwk, "crv") == "P-256" => EllipticCurve(jwk),
            _ => null,
        };
        if (key is null) return null;
        // A private part that is published lets everybody sign: the key proves nothing any more.
        return new PlatformKey(id, key, Array.Exists(Secrets, name => jwk.TryGetProperty(name, out _)) ? [] : Algorithms(jwk, key));
    }

    // The algorithm follows from kty where the JWK has none.
    private static IEnumerable<string> Algorithms(JsonElement jwk, SecurityKey key)
    {
        string[] possible = key is RsaSecurityKey ? [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256] : [SecurityAlgorithms.EcdsaSha256];
        return IsAbsent(jwk, "alg") ? possible : possible.Where(one => one == Text(jwk, "alg"));
    }

    private static RsaSecurityKey? Rsa(JsonElement jwk)
    {
        if (Bytes(jwk, "n") is not { } modulus || Bytes(jwk, "e") is not { } exponent) return null;
        // 1EdTech Security Framework 6.1: 2,048 bits at least. The upper limits keep one verification cheap.
        if (modulus.Length is < 256 or > 1024 || exponent.Length is 0 or > 8) return null;
        // Both numbers of an RSA key are odd: what is even is no key and would fail in the middle of a launch.
        if (modulus[^1] % 2 == 0 || exponent[^1] % 2 == 0) return null;
        RSAParameters parameters = new() { Modulus = modulus, Exponent = exponent };
        return IsKey(() => RSA.Create(parameters)) ? new RsaSecurityKey(parameters) : null;
    }

    private static JsonWebKey? EllipticCurve(JsonElement jwk)
    {
        // RFC 7518 6.2.1.2: as long as the curve's numbers.
        if (Bytes(jwk, "x") is not { Length: 32 } x || Bytes(jwk, "y") is not { Length: 32 } y) return null;
        // A point off the curve fails here.
        if (!IsKey(() => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } }))) return null;
        // A JWK: an ECDsaSecurityKey would share one ECDsa object, which is not made for concurrent use.
        return new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            Crv = JsonWebKeyECTypes.P256,
            X = Base64UrlEncoder.Encode(x),
            Y = Base64UrlEncoder.Encode(y),
        };
    }

    private static bool IsKey(Func<IDisposable> make)
    {
        try
        {
            make().Dispose();
            return true;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    private static bool IsForSignatures(JsonElement jwk) => IsAbsent(jwk, "use") || Text(jwk, "use") is "" or "sig";

    private static bool IsAbsent(JsonElement jwk, string name) => !jwk.TryGetProperty(name, out var value)
        || value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""u8));

    private static string? Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // RFC 7515 2: base64url. The letters and the padding of plain base64 are seen, and mean the same.
    private static byte[]? Bytes(JsonElement jwk, string name) =>
        Text(jwk, name)?.Replace('+', '-').Replace('/', '_') is { Length: > 0 } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
