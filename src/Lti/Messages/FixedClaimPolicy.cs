using Lti.Registrations;

namespace Lti.Messages;

/// <summary>The same allow-list for every registration.</summary>
public sealed class FixedClaimPolicy(ClaimAllowList allowed) : IClaimPolicy
{
    /// <inheritdoc/>
    public ValueTask<ClaimAllowList> AllowedAsync(Registration registration, CancellationToken cancellationToken) => new(allowed);
}
