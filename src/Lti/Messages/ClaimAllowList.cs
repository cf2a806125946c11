using System.Collections.Frozen;

namespace Lti.Messages;

/// <summary>
/// The claims that a host reads beyond the protocol's own (<c>iss</c>, <c>aud</c>, <c>azp</c>, <c>exp</c>, <c>iat</c>, <c>nbf</c>,
/// <c>nonce</c>, version, message type, deployment, target link). Anything else in a token is skipped and never becomes a string.
/// There is no default: a host says what it wants to know.
/// </summary>
public sealed class ClaimAllowList
{
    private readonly FrozenSet<LaunchClaim> claims;

    /// <summary>Allows exactly these.</summary>
    public ClaimAllowList(params IEnumerable<LaunchClaim> claims)
    {
        this.claims = claims.ToFrozenSet();
        Custom = [.. this.claims.Where(claim => claim.CustomKey is not null)];
    }

    /// <summary>What is allowed.</summary>
    public IReadOnlyCollection<LaunchClaim> Claims => claims;

    internal IReadOnlyList<LaunchClaim> Custom { get; }

    /// <summary>Whether a claim is allowed.</summary>
    public bool Allows(LaunchClaim claim) => claims.Contains(claim);
}
