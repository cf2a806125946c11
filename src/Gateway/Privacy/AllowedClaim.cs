using Lti.Messages;

namespace Gateway.Privacy;

/// <summary>A launch claim that may be read (P-1.1): why, who receives it, when it is deleted, and since which version of the policy (P-4.3).</summary>
internal sealed record AllowedClaim(LaunchClaim Claim, string Purpose, string Recipient, string Retention, int Since = 1);
