namespace Gateway.Identity.Token;

/// <summary><c>POST /connect/token</c>.</summary>
internal static class TokenEndpoint
{
    /// <summary>The answer to an address that asked too often; the error of RFC 6749 that says to try again later.</summary>
    public static IResult TooMany(HttpContext http) => Results.Json(
        new { error = "temporarily_unavailable", error_description = "Too many requests came from this address: ask again a little later.", code = "token.too_many_requests" },
        statusCode: StatusCodes.Status429TooManyRequests);

    public static async Task<IResult> HandleAsync(
        HttpContext http, TokenRequests requests, ILogger<TokenRequests> log, CancellationToken cancellation)
    {
        // RFC 6749, 5.1.
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Pragma = "no-cache";

        var form = await OAuthParameters.ReadAsync(http.Request, cancellation);
        var outcome = await requests.DecideAsync(http.Request.Headers.Authorization, form, cancellation);
        if (outcome.Error is not { } error)
            return Results.Json(outcome.Response);

        log.TokenRefused(error.Error, error.Description);
        if (error.Status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"token\", charset=\"UTF-8\"";
        return Results.Json(new { error = error.Error, error_description = error.Description }, statusCode: error.Status);
    }
}
