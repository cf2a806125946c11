using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lti.Security;

/// <summary>
/// Platforms' public keys, kept per JWKS address. One instance for the whole process: callers that need the same document
/// share one fetch, an unknown <c>kid</c> causes at most one fetch per back-off, and the last good keys stay in use while they are fetched
/// again and, for a day, while a platform's JWKS is down.
/// </summary>
public sealed class JwksCache(
    LtiHttp http, IOptions<LtiToolOptions> options, TimeProvider clock, ILogger<JwksCache>? logger = null)
{
    private readonly ConcurrentDictionary<string, JwksEntry> entries = new(StringComparer.Ordinal);

    /// <summary>
    /// Fetches a platform's keys now, whatever is cached, and tells how many can verify a launch: for a connection check.
    /// </summary>
    public async Task<JwksCheck> CheckAsync(Uri jwksUri, CancellationToken cancellationToken)
    {
        var (keys, fault) = await new JwksFetch(http, options.Value.Jwks).RunAsync(jwksUri, cancellationToken);
        List<PlatformKey> usable = [.. (keys ?? []).Where(key => key.Algorithms.Any())];
        var algorithms = usable.SelectMany(key => key.Algorithms).Distinct(StringComparer.Ordinal);
        return new JwksCheck(usable.Count, [.. algorithms.Order(StringComparer.Ordinal)], fault);
    }

    /// <summary>The keys with this id, or why there are none.</summary>
    internal ValueTask<KeyLookup> FindAsync(Uri jwksUri, string keyId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(jwksUri);
        var entry = entries.GetOrAdd(
            jwksUri.AbsoluteUri,
            static (_, made) => new JwksEntry(made.jwksUri, made.fetch, made.limits, made.clock, made.logger),
            (jwksUri, fetch: new JwksFetch(http, options.Value.Jwks), limits: options.Value.Jwks, clock,
                logger: (ILogger?)logger ?? NullLogger.Instance));
        return entry.FindAsync(keyId, cancellationToken);
    }
}
