using Microsoft.IdentityModel.Tokens;

namespace Gateway.Identity;

/// <summary>A JWK Set (RFC 7517, 5) of public keys, as an endpoint answers it.</summary>
internal static class JsonWebKeys
{
    public static IResult Answer(HttpContext http, IReadOnlyList<PublicSigningKey> keys)
    {
        // Clients ask again when they meet an unknown kid.
        http.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Json(new { keys = keys.Select(key => Members(key.PublicKey)) });
    }

    // Only these members can leave, whatever the key object holds.
    private static Dictionary<string, string> Members(JsonWebKey key)
    {
        var members = new Dictionary<string, string> { ["kty"] = key.Kty, ["use"] = key.Use, ["alg"] = key.Alg, ["kid"] = key.Kid };
        if (key.Kty == JsonWebAlgorithmsKeyTypes.RSA)
            (members["n"], members["e"]) = (key.N, key.E);
        else
            (members["crv"], members["x"], members["y"]) = (key.Crv, key.X, key.Y);
        return members;
    }
}
