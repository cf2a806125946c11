using System.Collections.Immutable;

namespace Lti.Messages;

/// <summary>What a launch says about Assignment and Grade Services (AGS 3.1).</summary>
/// <param name="LineItem">The one line item of this link, as the platform wrote it, or null.</param>
/// <param name="LineItems">The container of line items, or null.</param>
/// <param name="Scopes">The scopes that the platform offers, out of <see cref="Security.LtiScopes"/>.</param>
public sealed record GradeService(string? LineItem, string? LineItems, ImmutableHashSet<string> Scopes);
