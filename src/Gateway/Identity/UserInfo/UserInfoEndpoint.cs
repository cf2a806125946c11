using Gateway.Hosting;
using Gateway.Identity.Bearer;

namespace Gateway.Identity.UserInfo;

/// <summary><c>GET/POST /connect/userinfo</c>: OpenID Connect Core 5.3, with the token in the Authorization header only.</summary>
internal static class UserInfoEndpoint
{
    public static async Task<IResult> HandleAsync(HttpContext http, UserInfoAccess signIns, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        var token = BearerHeader.TokenOf(http.Request);
        if (token is not null && await signIns.OpenAsync(token, cancellation) is { } access)
            return Results.Json(ClaimsOf(access));

        http.Response.Headers.WWWAuthenticate = BearerHeader.Challenge(token);
        return Problems.Of([new Failure("api.token_invalid", "The access token of a sign-in is required.")], StatusCodes.Status401Unauthorized);
    }

    private static Dictionary<string, object> ClaimsOf(SignInAccess access)
    {
        var claims = new Dictionary<string, object> { ["sub"] = access.Subject, ["district"] = access.DistrictSlug };
        if (access.Role is { } role)
            claims["role"] = role;
        if (access.IsGuest)
            claims["guest"] = true;
        return claims;
    }
}
