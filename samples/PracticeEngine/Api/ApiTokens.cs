using System.Collections.Concurrent;
using Samples.PracticeEngine.SignIn;

namespace Samples.PracticeEngine.Api;

/// <summary>Access tokens of the engine's own for the gateway's API, one a scope, kept until shortly before they end.</summary>
internal sealed class ApiTokens(PracticeEngineOptions options, Provider provider, CodeExchange exchange)
{
    private readonly ConcurrentDictionary<string, Grant> _grants = new();

    /// <summary>Null when the gateway gives none.</summary>
    public async Task<string?> GetAsync(string scope, bool again, CancellationToken cancel)
    {
        DateTimeOffset now = options.Time.GetUtcNow();
        Provider.Known known = await provider.ReadAsync(cancel);
        if (!again && _grants.TryGetValue(scope, out Grant? grant) && grant.Authority == known.Authority && grant.Until > now)
            return grant.Token;
        if (await exchange.AccessTokenAsync(known.Metadata.TokenEndpoint, scope, cancel) is not var (token, seconds))
            return null;
        _grants[scope] = new Grant(known.Authority, token, now.AddSeconds(seconds - 30));
        return token;
    }

    private sealed record Grant(string Authority, string Token, DateTimeOffset Until);
}
