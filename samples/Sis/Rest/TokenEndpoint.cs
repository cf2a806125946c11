namespace Samples.Sis.Rest;

/// <summary>OAuth 2 client credentials (RFC 6749 4.4): the secret by Basic or in the body.</summary>
internal static class TokenEndpoint
{
    public static void Map(WebApplication app) => app.MapPost("/token", HandleAsync).DisableAntiforgery();

    private static async Task<IResult> HandleAsync(HttpContext http, SisOptions options, TokenStore tokens, SisState state)
    {
        if (!http.Request.HasFormContentType)
            return Refuse(400, "invalid_request");
        IFormCollection form = await http.Request.ReadFormAsync(http.RequestAborted);
        LastingFaults lasting = options.Faults.Lasting;
        // The form is the standard's place; some clients have learnt to put the scope into the query.
        string scope = form.ContainsKey("scope") && !lasting.ScopeInQuery ? form["scope"].ToString() : http.Request.Query["scope"].ToString();
        string[] asked = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        state.Stats.CountToken(asked);
        var client = (lasting.ClientInForm ? null : ClientCredentials.FromBasic(http.Request.Headers.Authorization))
            ?? (form["client_id"].ToString(), form["client_secret"].ToString());
        if (!ClientCredentials.Match(options, client))
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"sample SIS\"";
            return Refuse(401, "invalid_client");
        }
        if (form["grant_type"] != "client_credentials")
            return Refuse(400, "unsupported_grant_type");
        string[] granted = lasting.NoScopes
            ? asked.Length > 0 ? [] : Scopes.Core
            : [.. asked.Intersect(Scopes.All, StringComparer.Ordinal)];
        if (granted.Length == 0)
            return Refuse(400, "invalid_scope");
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new Dictionary<string, object>
        {
            ["access_token"] = tokens.Issue(granted),
            ["token_type"] = "bearer",
            ["expires_in"] = (int)options.TokenLifetime.TotalSeconds,
            ["scope"] = string.Join(' ', granted),
        });
    }

    private static IResult Refuse(int status, string error) =>
        Results.Json(new Dictionary<string, string> { ["error"] = error }, statusCode: status);
}
