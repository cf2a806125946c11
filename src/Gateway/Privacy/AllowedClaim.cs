using Lti.Messages;

namespace Gateway.Privacy;

/// <summary>A launch claim that may be read (P-1.1): why, who receives it, and when it is deleted.</summary>
internal sealed record AllowedClaim(LaunchClaim Claim, string Purpose, string Recipient, string Retention);
