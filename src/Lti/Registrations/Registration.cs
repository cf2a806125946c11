using System.Collections.Immutable;

namespace Lti.Registrations;

/// <summary>
/// One registration of the tool with a platform (LTI Core 3.1.3): who the platform is, who the tool is there, and where its endpoints are.
/// </summary>
public sealed record Registration
{
    /// <summary>The host's own key for this registration; it travels inside the sealed <c>state</c> and in logs.</summary>
    public required string Id { get; init; }

    /// <summary>The platform's <c>iss</c>, compared character for character.</summary>
    public required string Issuer { get; init; }

    /// <summary>The tool's client id at the platform.</summary>
    public required string ClientId { get; init; }

    /// <summary>The platform's OpenID Connect authorization endpoint.</summary>
    public required Uri AuthorizationEndpoint { get; init; }

    /// <summary>The platform's OAuth 2 token endpoint.</summary>
    public required Uri TokenEndpoint { get; init; }

    /// <summary>Where the platform publishes its public keys.</summary>
    public required Uri JwksUri { get; init; }

    /// <summary>
    /// The <c>aud</c> of client assertions where the platform's differs from the token endpoint's address; else null.
    /// </summary>
    public string? TokenAudience { get; init; }

    /// <summary>The host's name of the key set that signs for this registration; null: the host's only one.</summary>
    public string? ToolKeySet { get; init; }

    /// <summary>The deployments known so far (LTI Core 3.1.3); compared character for character.</summary>
    public ImmutableHashSet<string> DeploymentIds { get; init; } = [];

    /// <summary>Whether the registration still waits for somebody's approval: its logins and launches are refused by that name.</summary>
    public bool IsPending { get; init; }

    /// <summary>Whether an unknown deployment is admitted and handed to the admission to be remembered.</summary>
    public bool LearnsDeployments { get; init; }
}
