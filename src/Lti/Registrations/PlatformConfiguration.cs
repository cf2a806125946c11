using System.Collections.Immutable;

namespace Lti.Registrations;

/// <summary>
/// What a platform says about itself (LTI Dynamic Registration 1.0, 3.1: OpenID configuration with the LTI platform configuration). Only
/// made from a document that was checked: issuer and origin agree, all addresses are https, RS256 is offered.
/// </summary>
public sealed record PlatformConfiguration
{
    internal PlatformConfiguration()
    {
    }

    /// <summary>The <c>iss</c> of its messages.</summary>
    public required string Issuer { get; init; }

    /// <summary>The OpenID Connect authorization endpoint.</summary>
    public required Uri AuthorizationEndpoint { get; init; }

    /// <summary>The OAuth 2 token endpoint.</summary>
    public required Uri TokenEndpoint { get; init; }

    /// <summary>Where it publishes its keys.</summary>
    public required Uri JwksUri { get; init; }

    /// <summary>Where a registration is posted.</summary>
    public required Uri RegistrationEndpoint { get; init; }

    /// <summary>
    /// <c>authorization_server</c>: the <c>aud</c> that client assertions are to carry, as the platform says, or null. Text from outside that
    /// names anybody: the host decides whether to believe it.
    /// </summary>
    public string? AuthorizationServer { get; init; }

    /// <summary>The host of the address that the configuration was fetched from, with its port where it has one.</summary>
    public required string PublishedBy { get; init; }

    /// <summary><c>product_family_code</c>, for example <c>moodle</c>; or null.</summary>
    public string? ProductFamily { get; init; }

    /// <summary><c>scopes_supported</c>, as far as they belong to LTI Advantage.</summary>
    public ImmutableHashSet<string> Scopes { get; init; } = [];

    /// <summary>Does not print what came from outside.</summary>
    public override string ToString() => nameof(PlatformConfiguration);
}
