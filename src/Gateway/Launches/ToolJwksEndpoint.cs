using Lti.Security;

namespace Gateway.Launches;

/// <summary><c>GET /lti/jwks</c>: the tool's public keys (1EdTech Security Framework 6.3).</summary>
internal static class ToolJwksEndpoint
{
    public static async Task<IResult> HandleAsync(HttpContext http, IToolKeyStore keys, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Bytes(ToolJwks.Write(await keys.GetPublicKeysAsync(cancellation)), ToolJwks.ContentType);
    }
}
