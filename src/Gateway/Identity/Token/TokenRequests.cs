using Gateway.Identity.Token.Clients;

namespace Gateway.Identity.Token;

/// <summary>Decides on token requests: the client first, then the grant.</summary>
internal sealed class TokenRequests(ClientAuthentication clients, AuthorizationCodeGrant codes, ClientCredentialsGrant credentials)
{
    public const string AuthorizationCode = "authorization_code";
    public const string ClientCredentials = "client_credentials";

    /// <param name="authorizationHeader">The Authorization header, where there is one.</param>
    /// <param name="form">The form; null when the body is none.</param>
    /// <param name="cancellation">The client went away.</param>
    public async ValueTask<TokenOutcome> DecideAsync(string? authorizationHeader, OAuthParameters? form, CancellationToken cancellation)
    {
        if (form is null || form.Repeated)
            return TokenError.InvalidRequest("the request must be a form that repeats no parameter");
        if (form.HasControlCharacters)
            return TokenError.InvalidRequest("a parameter holds a control character");
        var client = await clients.AuthenticateAsync(authorizationHeader, form, cancellation);
        if (client.Engine is not { } engine)
            return client.Error!;
        return form["grant_type"] switch
        {
            AuthorizationCode => await codes.ExchangeAsync(engine, client.Credential, form, cancellation),
            ClientCredentials => await credentials.GrantAsync(engine, client.Credential, form, cancellation),
            null => TokenError.InvalidRequest("grant_type is missing"),
            _ => new TokenError("unsupported_grant_type", "grant_type must be authorization_code or client_credentials"),
        };
    }
}
