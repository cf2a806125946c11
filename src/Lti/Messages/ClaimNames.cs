namespace Lti.Messages;

/// <summary>Names of the claims on the wire (LTI Core 5.3 and 5.4, AGS 3.1, NRPS 3.6.1.1, Deep Linking 4.4,
/// LTI 1.3 Migration Guide).</summary>
internal static class ClaimNames
{
    private const string Lti = "https://purl.imsglobal.org/spec/lti/claim/";

    public const string Version = Lti + "version";
    public const string MessageType = Lti + "message_type";
    public const string DeploymentId = Lti + "deployment_id";
    public const string TargetLinkUri = Lti + "target_link_uri";
    public const string ResourceLink = Lti + "resource_link";
    public const string Context = Lti + "context";
    public const string Roles = Lti + "roles";
    public const string Custom = Lti + "custom";
    public const string Lis = Lti + "lis";
    public const string ToolPlatform = Lti + "tool_platform";
    public const string LaunchPresentation = Lti + "launch_presentation";
    public const string ForUser = Lti + "for_user";
    public const string Legacy = Lti + "lti1p1";
    public const string GradeService = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
    public const string NamesAndRoles = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";
    public const string DeepLinkingSettings = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";
}
