namespace Gateway.Tests.EndToEnd.Cases;

/// <summary>Names on the wire, written down once more: the product's own list is what is tested.</summary>
internal static class Claim
{
    public const string Lti = "https://purl.imsglobal.org/spec/lti/claim/";
    public const string Version = Lti + "version";
    public const string MessageType = Lti + "message_type";
    public const string DeploymentId = Lti + "deployment_id";
    public const string TargetLinkUri = Lti + "target_link_uri";
    public const string ResourceLink = Lti + "resource_link";
    public const string Context = Lti + "context";
    public const string Custom = Lti + "custom";
    public const string Roles = Lti + "roles";
    public const string Lis = Lti + "lis";
    public const string LaunchPresentation = Lti + "launch_presentation";
    public const string ForUser = Lti + "for_user";
    public const string Legacy = Lti + "lti1p1";
    public const string GradeService = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
    public const string DeepLinkingSettings = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";

    public const string Learner = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner";
    public const string Instructor = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor";
}
