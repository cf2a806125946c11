namespace Gateway.Identity.UserInfo;

/// <summary>Decides whether somebody may hear once more what a sign-in told (OpenID Connect Core 5.3).</summary>
internal sealed class UserInfoAccess(SignInAccessTokens tokens, EngineClients engines, RevokedSignIns revoked)
{
    /// <summary>The sign-in, or null: the token is not one of a sign-in, its time is over, it was revoked, or its engine is not enabled.</summary>
    public async ValueTask<SignInAccess?> OpenAsync(string token, CancellationToken cancellation) =>
        tokens.Open(token) is { } access
        && await engines.FindAsync(access.ClientId, cancellation) is { Enabled: true }
        && !await revoked.ContainsAsync(access.District, access.LaunchId, cancellation)
            ? access
            : null;
}
