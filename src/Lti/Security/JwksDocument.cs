using System.Security.Cryptography;
using System.Text.Json;
using Lti.Launches;
using Microsoft.IdentityModel.Tokens;

namespace Lti.Security;

/// <summary>Reads a JSON Web Key Set (RFC 7517) within limits, and keeps the keys that can verify a launch.</summary>
internal static class JwksDocument
{
    private const int MaxDepth = 16;

    public static LaunchRefusal? Read(ReadOnlySpan<byte> utf8, int maxKeys, out IReadOnlyList<PlatformKey> keys)
    {
        keys = [];
        if (Count(utf8, maxKeys) is { } fault) return fault;
        try
        {
            // The keys' own resolution would also take certificates; only bare keys are used here.
            JsonWebKeySet set = new(System.Text.Encoding.UTF8.GetString(utf8)) { SkipUnresolvedJsonWebKeys = true };
            keys = [.. set.Keys.Select(Usable).OfType<PlatformKey>()];
            return null;
        }
        catch (Exception fault2) when (fault2 is ArgumentException or JsonException or FormatException or InvalidOperationException)
        {
            return LaunchRefusal.KeysMalformed;
        }
    }

    /// <summary>Counts before anything is built, so that a document of ten thousand keys costs one scan.</summary>
    private static LaunchRefusal? Count(ReadOnlySpan<byte> utf8, int maxKeys)
    {
        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return LaunchRefusal.KeysMalformed;
            var found = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isKeys = reader.ValueTextEquals("keys"u8);
                reader.Read();
                if (!isKeys)
                {
                    reader.Skip();
                    continue;
                }

                if (found || reader.TokenType != JsonTokenType.StartArray) return LaunchRefusal.KeysMalformed;
                found = true;
                for (var count = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; reader.Skip())
                {
                    if (++count > maxKeys) return LaunchRefusal.KeysTooMany;
                }
            }

            return found && !reader.Read() ? null : LaunchRefusal.KeysMalformed;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return LaunchRefusal.KeysMalformed;
        }
    }

    private static PlatformKey? Usable(JsonWebKey jwk)
    {
        // RFC 7517 4.2: a key for encryption does not verify.
        if (string.IsNullOrEmpty(jwk.Kid) || (!string.IsNullOrEmpty(jwk.Use) && jwk.Use != "sig")) return null;
        try
        {
            return jwk.Kty switch
            {
                JsonWebAlgorithmsKeyTypes.RSA => Rsa(jwk),
                JsonWebAlgorithmsKeyTypes.EllipticCurve when jwk.Crv == JsonWebKeyECTypes.P256 => EllipticCurve(jwk),
                _ => null,
            };
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or CryptographicException)
        {
            // One broken key must not take the platform's other keys along.
            return null;
        }
    }

    private static PlatformKey? Rsa(JsonWebKey jwk)
    {
        if (string.IsNullOrEmpty(jwk.N) || string.IsNullOrEmpty(jwk.E)) return null;
        RSAParameters parameters = new() { Modulus = Base64UrlEncoder.DecodeBytes(jwk.N), Exponent = Base64UrlEncoder.DecodeBytes(jwk.E) };
        // 1EdTech Security Framework 6.1: 2,048 bits at least. The upper limits keep one verification cheap.
        if (parameters.Modulus.Length is < 256 or > 1024 || parameters.Exponent.Length > 8) return null;
        // Numbers that are no key fail here, not in the middle of a launch.
        RSA.Create(parameters).Dispose();
        // The algorithm follows from kty where the JWK has none.
        string[] algorithms = string.IsNullOrEmpty(jwk.Alg)
            ? [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256]
            : [.. new[] { SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256 }.Where(one => one == jwk.Alg)];
        return new PlatformKey(jwk.Kid, new RsaSecurityKey(parameters), algorithms);
    }

    private static PlatformKey? EllipticCurve(JsonWebKey jwk)
    {
        if (string.IsNullOrEmpty(jwk.X) || string.IsNullOrEmpty(jwk.Y)) return null;
        // A point off the curve fails here.
        ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes(jwk.X), Y = Base64UrlEncoder.DecodeBytes(jwk.Y) },
        }).Dispose();
        string[] algorithms = string.IsNullOrEmpty(jwk.Alg) || jwk.Alg == SecurityAlgorithms.EcdsaSha256 ? [SecurityAlgorithms.EcdsaSha256] : [];
        // The JWK itself: an ECDsaSecurityKey would share one ECDsa object, which is not made for concurrent use.
        return new PlatformKey(jwk.Kid, jwk, algorithms);
    }
}
