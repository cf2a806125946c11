using Lti.Security;

namespace Gateway.Launches;

/// <summary>
/// <c>GET /lti/jwks/{set}</c>: the tool's public keys for the platforms of one set (1EdTech Security Framework 6.3). <c>GET /lti/jwks</c>:
/// those that registrations share which were made before each had its own.
/// </summary>
internal static class ToolJwksEndpoint
{
    public const string Path = "/lti/jwks";

    public static Task<IResult> SharedAsync(HttpContext http, ToolKeys keys, CancellationToken cancellation) => AnswerAsync(http, keys, null, cancellation);

    public static Task<IResult> OfSetAsync(HttpContext http, Guid set, ToolKeys keys, CancellationToken cancellation) => AnswerAsync(http, keys, set, cancellation);

    private static async Task<IResult> AnswerAsync(HttpContext http, ToolKeys keys, Guid? set, CancellationToken cancellation)
    {
        if (await keys.PublishedAsync(set, cancellation) is not { } found)
            return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Bytes(ToolJwks.Write(found), ToolJwks.ContentType);
    }
}
