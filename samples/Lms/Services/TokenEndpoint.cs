namespace Samples.Lms.Services;

/// <summary>Access tokens for tools: client credentials with a signed assertion.</summary>
internal static class TokenEndpoint
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public static void Map(WebApplication app) => app.MapPost("/token", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpContext http, LmsOptions options, ClientAssertions assertions, AccessTokens tokens)
    {
        if (!http.Request.HasFormContentType)
            return Refuse(400, "invalid_request", "a form is needed");
        IFormCollection form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["grant_type"] != "client_credentials")
            return Refuse(400, "unsupported_grant_type", "grant_type must be client_credentials");
        if (form["client_assertion_type"] != AssertionType)
            return Refuse(400, "invalid_request", "client_assertion_type must be jwt-bearer");
        if (await assertions.RefusalAsync(form["client_assertion"].ToString(), http.RequestAborted) is { } refusal)
            return Refuse(401, "invalid_client", refusal);
        string[] granted = [.. form["scope"].ToString().Split(' ').Intersect(Scopes.All, StringComparer.Ordinal)];
        if (granted.Length == 0)
            return Refuse(400, "invalid_scope", "no scope that is served here");
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new Dictionary<string, object>
        {
            ["access_token"] = tokens.Issue(granted),
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)options.AccessTokenLifetime.TotalSeconds,
            ["scope"] = string.Join(' ', granted),
        });
    }

    private static IResult Refuse(int status, string error, string description) => Results.Json(
        new Dictionary<string, string> { ["error"] = error, ["error_description"] = description }, statusCode: status);
}
