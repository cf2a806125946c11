using System.Collections.Immutable;

namespace Lti.Security;

/// <summary>A platform's access token. It does not print itself.</summary>
public sealed class AccessToken
{
    internal AccessToken(string value, DateTimeOffset obtainedAt, TimeSpan lifetime, ImmutableHashSet<string> scopes)
    {
        Value = value;
        ExpiresAt = obtainedAt + lifetime;
        Scopes = scopes;
        // Before expiry by a minute, or by a fifth for short-lived ones, so that a request on its way does not meet a dead token.
        RenewAt = ExpiresAt - (lifetime > TimeSpan.FromMinutes(5) ? TimeSpan.FromMinutes(1) : lifetime / 5);
    }

    /// <summary>The bearer token: a secret.</summary>
    public string Value { get; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>What the platform granted: what it named, or what was asked where it named nothing (RFC 6749 5.1).</summary>
    public ImmutableHashSet<string> Scopes { get; }

    internal DateTimeOffset RenewAt { get; }

    /// <summary>Whether a scope was granted.</summary>
    public bool Covers(string scope) => Scopes.Contains(scope);

    /// <summary>Never the token.</summary>
    public override string ToString() => "(access token)";
}
