using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Gateway.Identity.Token;

namespace Gateway.Identity.Bearer;

/// <summary>
/// Access tokens that were verified already, by their hash: an engine shows one token with thousands of requests, and its signature is
/// verified once. A token ends here when its time is over or its key is published no more.
/// </summary>
internal sealed class KnownTokens(AccessTokens tokens, SigningKeys keys, TimeProvider time)
{
    // Far more than engines need; a stranger cannot fill it, because only tokens of ours get in.
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<Guid, EngineAccess> known = new();

    /// <summary>Who calls and what for; null when the token is none of ours for the API, or its time is over.</summary>
    public async ValueTask<EngineAccess?> OpenAsync(string token, CancellationToken cancellation)
    {
        var id = IdOf(token);
        if (known.TryGetValue(id, out var access))
        {
            var published = await keys.PublishedAsync(SigningPurpose.OpenId, cancellation);
            if (access.ExpiresAt > time.GetUtcNow().UtcDateTime && published.Any(key => key.Kid == access.Kid))
                return access;
            known.TryRemove(id, out _);
        }

        if (await tokens.OpenAsync(token, cancellation) is not { } opened)
            return null;
        if (known.Count >= Most)
            known.Clear();
        known[id] = opened;
        return opened;
    }

    // 128 bits of SHA-256: the token itself is not kept.
    private static Guid IdOf(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
