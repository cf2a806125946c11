using System.Collections.Immutable;

namespace Lti.Messages;

/// <summary>
/// A verified launch. Optional members are null when the platform did not send them or the allow-list does not name them.
/// </summary>
public sealed record LaunchMessage
{
    /// <summary><c>iss</c>, equal to the registration's.</summary>
    public required string Issuer { get; init; }

    /// <summary>The deployment, at most 255 characters.</summary>
    public required string DeploymentId { get; init; }

    /// <summary>What kind of message this is.</summary>
    public required LtiMessageType MessageType { get; init; }

    /// <summary>An address of the tool, as signed by the platform; null only for deep linking.</summary>
    public string? TargetLinkUri { get; init; }

    /// <summary><c>resource_link.id</c>.</summary>
    public string? ResourceLinkId { get; init; }

    /// <summary><c>resource_link.title</c>.</summary>
    public string? ResourceLinkTitle { get; init; }

    /// <summary>The course.</summary>
    public LaunchContext? Context { get; init; }

    /// <summary>What the person is; without any role when none is recognised.</summary>
    public LtiRoles Roles { get; init; } = LtiRoles.None;

    /// <summary><c>sub</c>: the person's id at the platform.</summary>
    public OpaqueIdentifier? Subject { get; init; }

    /// <summary>The person's id in the student information system.</summary>
    public OpaqueIdentifier? SisPersonId { get; init; }

    /// <summary>Who the person was under LTI 1.1; null unless the platform proved that it holds the secret of then.</summary>
    public LegacyUser? LegacyUser { get; init; }

    /// <summary>Whose work a submission review is about.</summary>
    public OpaqueIdentifier? SubmissionUser { get; init; }

    /// <summary>Allowed custom parameters, under the allow-list's spelling.</summary>
    public ImmutableDictionary<string, string> Custom { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Assignment and Grade Services.</summary>
    public GradeService? GradeService { get; init; }

    /// <summary>Names and Role Provisioning Services: the membership URL.</summary>
    public string? NamesAndRolesUrl { get; init; }

    /// <summary>Deep linking settings.</summary>
    public DeepLinkingSettings? DeepLinking { get; init; }

    /// <summary>Where the platform wants people to go back to, as it wrote it (LTI Core 5.4.4): check whose address it is before use.</summary>
    public string? ReturnUrl { get; init; }

    /// <summary><c>tool_platform.guid</c>.</summary>
    public string? PlatformGuid { get; init; }

    /// <summary><c>tool_platform.product_family_code</c>.</summary>
    public string? PlatformProduct { get; init; }

    /// <summary><c>locale</c>, for example <c>en-US</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>Names and address, as far as the allow-list asks for them.</summary>
    public PersonDetails Person { get; init; } = PersonDetails.None;

    /// <summary>The kind of message only: a launch is personal data and does not print itself.</summary>
    public override string ToString() => $"{nameof(LaunchMessage)}({MessageType})";
}
