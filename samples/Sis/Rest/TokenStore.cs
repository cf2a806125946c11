using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Samples.Sis.Rest;

internal sealed class TokenStore(SisOptions options)
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset Expires, string[] Scopes)> _tokens = new();

    public string Issue(string[] scopes)
    {
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        _tokens[token] = (options.Time.GetUtcNow() + options.TokenLifetime, scopes);
        return token;
    }

    public string[]? ScopesOf(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return null;
        return _tokens.TryGetValue(authorization[7..].Trim(), out var token) && token.Expires > options.Time.GetUtcNow() ? token.Scopes : null;
    }

    public void RevokeAll() => _tokens.Clear();
}
