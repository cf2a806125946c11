namespace Gateway.Identity.Token;

/// <summary>A token for the engine itself: RFC 6749, 4.4.</summary>
internal sealed class ClientCredentialsGrant(AccessTokens accessTokens)
{
    public async ValueTask<TokenOutcome> GrantAsync(RegisteredEngine engine, long credential, OAuthParameters form, CancellationToken cancellation)
    {
        // RFC 6749, 3.3: who names no scope gets the default, which is all of them.
        var asked = form["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? EngineApi.Scopes;
        if (asked.Count == 0 || asked.Except(EngineApi.Scopes, StringComparer.Ordinal).Any())
            return new TokenError("invalid_scope", "scope may hold roster.read, scores.write and events.read");

        var scope = string.Join(' ', asked.Distinct(StringComparer.Ordinal));
        return new TokenResponse
        {
            AccessToken = await accessTokens.ForEngineAsync(engine.ClientId, credential, scope, cancellation),
            ExpiresIn = (int)AccessTokens.Lifetime.TotalSeconds,
            Scope = scope,
        };
    }
}
