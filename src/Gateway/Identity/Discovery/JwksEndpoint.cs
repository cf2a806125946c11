namespace Gateway.Identity.Discovery;

/// <summary><c>GET /connect/jwks</c>: the keys that check id_tokens and access tokens.</summary>
internal static class JwksEndpoint
{
    public static async Task<IResult> HandleAsync(HttpContext http, SigningKeys keys, CancellationToken cancellation) =>
        JsonWebKeys.Answer(http, await keys.PublishedAsync(SigningPurpose.IdTokens, cancellation));
}
