namespace Lti.Security;

/// <summary>Makes a nonce usable once, across all replicas.</summary>
public interface INonceStore
{
    /// <summary>
    /// Spends a nonce: true for exactly one caller, false for every other, also when they arrive in the same millisecond.
    /// The record may be dropped after <paramref name="expiresAt"/>.
    /// </summary>
    ValueTask<bool> TrySpendAsync(string nonce, DateTimeOffset expiresAt, CancellationToken cancellationToken);
}
