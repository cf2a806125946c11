using Microsoft.IdentityModel.Tokens;

namespace Samples.Lms.Launches;

internal static class JwksEndpoint
{
    public static void Map(WebApplication app) => app.MapGet("/jwks", (PlatformKey key) =>
    {
        var parameters = key.Key.Rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA",
                    use = "sig",
                    alg = SecurityAlgorithms.RsaSha256,
                    kid = key.Key.KeyId,
                    n = Base64UrlEncoder.Encode(parameters.Modulus),
                    e = Base64UrlEncoder.Encode(parameters.Exponent),
                },
            },
        };
    });
}
