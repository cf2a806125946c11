using System.Collections.Concurrent;

namespace Samples.Lms.Services;

internal sealed class AccessTokens(LmsOptions options)
{
    private readonly ConcurrentDictionary<string, (string[] Scopes, DateTimeOffset Expires)> _tokens = new();

    public string Issue(string[] scopes)
    {
        string token = Secrets.New();
        _tokens[token] = (scopes, options.Time.GetUtcNow() + options.AccessTokenLifetime);
        return token;
    }

    public void Revoke(HttpContext http)
    {
        if (Bearer(http) is { } token)
            _tokens.TryRemove(token, out _);
    }

    /// <summary>Null when the request's token has one of the scopes, else 401 or 403.</summary>
    public IResult? Refusal(HttpContext http, params ReadOnlySpan<string> scopes)
    {
        if (Bearer(http) is not { } bearer || !_tokens.TryGetValue(bearer, out var token) || token.Expires <= options.Time.GetUtcNow())
        {
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return Results.Json(new { error = "invalid_token" }, statusCode: 401);
        }
        foreach (string scope in scopes)
        {
            if (token.Scopes.Contains(scope))
                return null;
        }
        return Results.Json(new { error = "insufficient_scope" }, statusCode: 403);
    }

    private static string? Bearer(HttpContext http) =>
        http.Request.Headers.Authorization.ToString() is { } value && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? value[7..].Trim()
            : null;
}
