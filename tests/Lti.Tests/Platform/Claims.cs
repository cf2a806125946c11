using System.Text.Json.Nodes;

namespace Lti.Tests.Platform;

/// <summary>Payloads as platforms send them, with made-up people in them.</summary>
internal static class Claims
{
    public const string Prefix = "https://purl.imsglobal.org/spec/lti/claim/";
    public const string Version = Prefix + "version";
    public const string MessageType = Prefix + "message_type";
    public const string DeploymentId = Prefix + "deployment_id";
    public const string TargetLinkUri = Prefix + "target_link_uri";
    public const string ResourceLink = Prefix + "resource_link";
    public const string Context = Prefix + "context";
    public const string Roles = Prefix + "roles";
    public const string Custom = Prefix + "custom";
    public const string Lis = Prefix + "lis";
    public const string ForUser = Prefix + "for_user";
    public const string ToolPlatform = Prefix + "tool_platform";
    public const string GradeService = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
    public const string NamesAndRoles = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";
    public const string DeepLinkingSettings = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";

    public const string Learner = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner";
    public const string Instructor = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor";

    public static JsonObject ResourceLinkRequest(string nonce, DateTimeOffset now) => new()
    {
        ["iss"] = Scene.Issuer,
        ["aud"] = Scene.ClientId,
        ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        ["iat"] = now.ToUnixTimeSeconds(),
        ["nonce"] = nonce,
        ["sub"] = "canary-subject-4711",
        ["given_name"] = "CanaryGiven",
        ["family_name"] = "CanaryFamily",
        ["email"] = "canary@school.example",
        ["picture"] = "https://school.example/canary.png",
        [Version] = "1.3.0",
        [MessageType] = "LtiResourceLinkRequest",
        [DeploymentId] = Scene.DeploymentId,
        [TargetLinkUri] = Scene.Target,
        [ResourceLink] = new JsonObject { ["id"] = "link-1", ["title"] = "Fractions" },
        [Context] = new JsonObject { ["id"] = "course-1", ["label"] = "M5", ["title"] = "Mathematics 5" },
        [Roles] = new JsonArray(Learner),
        [Custom] = new JsonObject { ["grade"] = "5", ["secret"] = "canary-custom" },
        [Lis] = new JsonObject { ["person_sourcedid"] = "canary-sis-1", ["course_section_sourcedid"] = "canary-section" },
        [GradeService] = new JsonObject
        {
            ["lineitem"] = "https://lms.example/lineitems/1",
            ["lineitems"] = "https://lms.example/lineitems",
            ["scope"] = new JsonArray("https://purl.imsglobal.org/spec/lti-ags/scope/score", "https://other.example/scope"),
        },
        ["https://lms.example/extension"] = new JsonObject { ["user"] = new JsonArray(new JsonObject { ["login"] = "canary-login" }) },
    };

    public static JsonObject DeepLinkingRequest(string nonce, DateTimeOffset now)
    {
        var claims = ResourceLinkRequest(nonce, now);
        claims[MessageType] = "LtiDeepLinkingRequest";
        claims.Remove(ResourceLink);
        claims[Roles] = new JsonArray(Instructor);
        claims[DeepLinkingSettings] = new JsonObject
        {
            ["deep_link_return_url"] = "https://lms.example/deep-links",
            ["accept_types"] = new JsonArray("ltiResourceLink", "html"),
            ["accept_presentation_document_targets"] = new JsonArray("iframe"),
            ["accept_multiple"] = true,
            ["data"] = "opaque \u00e9",
        };
        return claims;
    }

    public static JsonObject SubmissionReviewRequest(string nonce, DateTimeOffset now)
    {
        var claims = ResourceLinkRequest(nonce, now);
        claims[MessageType] = "LtiSubmissionReviewRequest";
        claims[ForUser] = new JsonObject { ["user_id"] = "canary-learner-9", ["name"] = "CanaryForUser" };
        return claims;
    }
}
