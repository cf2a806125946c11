using System.Collections.Immutable;
using Lti.Launches;

namespace Lti.Messages.Reading;

/// <summary>What was read from one payload: signed by the platform, not yet checked against anything.</summary>
internal sealed class LaunchClaims
{
    /// <summary>The first thing wrong with the payload, or null.</summary>
    public LaunchRefusal? Fault { get; private set; }

    public string? Issuer { get; set; }
    public List<string> Audiences { get; } = [];
    public string? AuthorizedParty { get; set; }
    public DateTimeOffset? Expires { get; set; }
    public DateTimeOffset? IssuedAt { get; set; }
    public DateTimeOffset? NotBefore { get; set; }
    public string? Nonce { get; set; }

    public string? Version { get; set; }
    public string? MessageType { get; set; }
    public string? DeploymentId { get; set; }
    public string? TargetLinkUri { get; set; }

    // Presence decides whether a message is complete, also where the value may not be read.
    public bool HasRoles { get; set; }
    public bool HasSubject { get; set; }
    public bool HasResourceLinkId { get; set; }
    public bool HasSubmissionUser { get; set; }
    public bool HasLineItem { get; set; }
    public bool HasDeepLinkReturn { get; set; }

    public ImmutableHashSet<LtiRole>.Builder Roles { get; } = ImmutableHashSet.CreateBuilder<LtiRole>();
    public OpaqueIdentifier? Subject { get; set; }
    public OpaqueIdentifier? LisPersonId { get; set; }
    public OpaqueIdentifier? CustomPersonId { get; set; }
    public OpaqueIdentifier? SubmissionUser { get; set; }

    public OpaqueIdentifier? LegacyUser { get; set; }
    public string? LegacyConsumerKey { get; set; }
    public string? LegacySignature { get; set; }

    public string? ResourceLinkId { get; set; }
    public string? ResourceLinkTitle { get; set; }
    public string? ContextId { get; set; }
    public string? ContextLabel { get; set; }
    public string? ContextTitle { get; set; }
    public ImmutableDictionary<string, string>.Builder Custom { get; } = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);

    public string? ReturnUrl { get; set; }

    public string? LineItem { get; set; }
    public string? LineItems { get; set; }
    public ImmutableHashSet<string>.Builder GradeScopes { get; } = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
    public string? NamesAndRolesUrl { get; set; }

    public string? DeepLinkReturnUrl { get; set; }
    public string? DeepLinkData { get; set; }
    public List<string> AcceptTypes { get; } = [];
    public List<string> AcceptTargets { get; } = [];
    public bool? AcceptMultiple { get; set; }
    public bool? AcceptLineItem { get; set; }

    public string? PlatformGuid { get; set; }
    public string? PlatformProduct { get; set; }
    public string? Locale { get; set; }
    public string? GivenName { get; set; }
    public string? FamilyName { get; set; }
    public string? FullName { get; set; }
    public string? Email { get; set; }

    public void Fail(LaunchRefusal fault) => Fault ??= fault;
}
