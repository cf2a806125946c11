namespace Gateway.Identity.UserInfo;

/// <summary>Decides whether somebody may hear once more what a sign-in told (OpenID Connect Core 5.3).</summary>
internal sealed class UserInfoAccess(SignInAccessTokens tokens, EngineClients engines, RevokedSignIns revoked)
{
    /// <summary>The sign-in, or null: the token is not one of a sign-in, its time is over, it was revoked, its engine is not enabled or has not the credential any more.</summary>
    public async ValueTask<SignInAccess?> OpenAsync(string token, CancellationToken cancellation) =>
        tokens.Open(token) is { } access
        && await engines.FindAsync(access.ClientId, cancellation) is { Enabled: true } engine
        && engine.Holds(access.Credential)
        && !await revoked.ContainsAsync(access.District, access.LaunchId, cancellation)
            ? access
            : null;
}
