namespace Gateway.Identity.Bearer;

/// <summary>RFC 6750, 2.1 and 3: the token in the request's header, and the answer to one that is missing or not valid.</summary>
internal static class BearerHeader
{
    private const string Prefix = BearerHandler.SchemeName + " ";

    public static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : null;
    }

    /// <summary>Who shows no token is told the scheme, not an error.</summary>
    public static string Challenge(string? token) =>
        token is null ? BearerHandler.SchemeName : $"{BearerHandler.SchemeName} error=\"invalid_token\"";
}
