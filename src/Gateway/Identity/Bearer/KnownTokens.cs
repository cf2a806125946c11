using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
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
    private readonly ConcurrentDictionary<Guid, KnownToken> known = new();

    /// <summary>Who calls and what for; null when the token is none of ours for the API, or its time is over.</summary>
    public async ValueTask<KnownToken?> OpenAsync(string token, CancellationToken cancellation)
    {
        var id = IdOf(token);
        if (known.TryGetValue(id, out var seen))
        {
            var published = await keys.PublishedAsync(SigningPurpose.OpenId, cancellation);
            if (seen.Access.ExpiresAt > time.GetUtcNow().UtcDateTime && published.Any(key => key.Kid == seen.Access.Kid))
                return seen;
            known.TryRemove(id, out _);
        }

        if (await tokens.OpenAsync(token, cancellation) is not { } opened)
            return null;
        if (known.Count >= Most)
            known.Clear();
        return known[id] = new KnownToken(opened, UserOf(opened));
    }

    private static ClaimsPrincipal UserOf(EngineAccess access) => new(new ClaimsIdentity(
        [new(BearerHandler.ClientIdClaim, access.ClientId), .. access.Scopes.Select(scope => new Claim(BearerHandler.ScopeClaim, scope))],
        BearerHandler.SchemeName, BearerHandler.ClientIdClaim, roleType: null));

    // 128 bits of SHA-256: the token itself is not kept.
    private static Guid IdOf(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(token.AsSpan()), hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}

/// <summary>A token that was verified.</summary>
/// <param name="Access">What it grants.</param>
/// <param name="User">The same as endpoints see it; one for all requests with the token, which none may change.</param>
internal sealed record KnownToken(EngineAccess Access, ClaimsPrincipal User);
