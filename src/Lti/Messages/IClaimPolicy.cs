using Lti.Registrations;

namespace Lti.Messages;

/// <summary>Which claims may be read from a platform's messages; a host may answer differently for each customer.</summary>
public interface IClaimPolicy
{
    /// <summary>The allow-list for launches of this registration. Asked once in every launch, before any claim is read.</summary>
    ValueTask<ClaimAllowList> AllowedAsync(Registration registration, CancellationToken cancellationToken);
}
