namespace Samples.Sis.Rest;

/// <summary>The scopes that a request for rows has, by whatever this server wants it to carry.</summary>
internal sealed class RowAuthorization(SisOptions options, TokenStore tokens, OAuth1Check oauth1)
{
    /// <summary>Null when the request is not authorized.</summary>
    public IReadOnlyCollection<string>? ScopesOf(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        bool admitted = options.Faults.Lasting.Authorization switch
        {
            SisAuthorization.OAuth2 => false,
            SisAuthorization.StaticToken => ClientCredentials.SameText(header, "Bearer " + options.ClientSecret),
            SisAuthorization method => oauth1.Admits(request, method == SisAuthorization.OAuth1Sha256),
        };
        return options.Faults.Lasting.Authorization == SisAuthorization.OAuth2 ? tokens.ScopesOf(header) : admitted ? Scopes.Core : null;
    }
}
