namespace Lti.Launches;

public sealed partial class LaunchRefusal
{
    /// <summary><c>lti.issuer_missing</c>: The launch message does not say which platform sent it.</summary>
    public static LaunchRefusal IssuerMissing { get; } = new(
        "lti.issuer_missing", LaunchPhase.Issuer,
        "The launch message does not say which platform sent it.",
        "Show the code to your teacher or administrator.",
        "The claim iss is missing.");

    /// <summary><c>lti.issuer_mismatch</c>: The launch message comes from another platform than the one that started the launch.</summary>
    public static LaunchRefusal IssuerMismatch { get; } = new(
        "lti.issuer_mismatch", LaunchPhase.Issuer,
        "The launch message comes from another platform than the one that started the launch.",
        "Show the code to your teacher or administrator.",
        "The claim iss differs from the registration's issuer.");

    /// <summary><c>lti.audience_missing</c>: The launch message does not say for whom it is.</summary>
    public static LaunchRefusal AudienceMissing { get; } = new(
        "lti.audience_missing", LaunchPhase.Audience,
        "The launch message does not say for whom it is.",
        "Show the code to your teacher or administrator.",
        "The claim aud is missing.");

    /// <summary><c>lti.audience_mismatch</c>: The launch message is meant for another tool or registration.</summary>
    public static LaunchRefusal AudienceMismatch { get; } = new(
        "lti.audience_mismatch", LaunchPhase.Audience,
        "The launch message is meant for another tool or registration.",
        "Show the code to your teacher or administrator.",
        "The claim aud does not contain the registration's client id.");

    /// <summary><c>lti.authorized_party_mismatch</c>: The launch message is meant for another tool or registration.</summary>
    public static LaunchRefusal AuthorizedPartyMismatch { get; } = new(
        "lti.authorized_party_mismatch", LaunchPhase.Audience,
        "The launch message is meant for another tool or registration.",
        "Show the code to your teacher or administrator.",
        "The claim azp differs from the client id, or is missing although aud has several values.");

    /// <summary><c>lti.times_missing</c>: The launch message does not say when it is valid.</summary>
    public static LaunchRefusal TimesMissing { get; } = new(
        "lti.times_missing", LaunchPhase.Times,
        "The launch message does not say when it is valid.",
        "Show the code to your teacher or administrator.",
        "The claim exp or iat is missing.");

    /// <summary><c>lti.token_expired</c>: The launch message is no longer valid.</summary>
    public static LaunchRefusal TokenExpired { get; } = new(
        "lti.token_expired", LaunchPhase.Times,
        "The launch message is no longer valid.",
        "Go back to your course and open the link again.",
        "exp has passed; compare the clocks of platform and tool.");

    /// <summary><c>lti.token_from_future</c>: The launch message is dated in the future.</summary>
    public static LaunchRefusal TokenFromFuture { get; } = new(
        "lti.token_from_future", LaunchPhase.Times,
        "The launch message is dated in the future.",
        "Go back to your course and open the link again.",
        "iat is in the future; compare the clocks of platform and tool.");

    /// <summary><c>lti.token_not_yet_valid</c>: The launch message is not valid yet.</summary>
    public static LaunchRefusal TokenNotYetValid { get; } = new(
        "lti.token_not_yet_valid", LaunchPhase.Times,
        "The launch message is not valid yet.",
        "Go back to your course and open the link again.",
        "nbf is in the future; compare the clocks of platform and tool.");

    /// <summary><c>lti.token_too_old</c>: The launch message is too old.</summary>
    public static LaunchRefusal TokenTooOld { get; } = new(
        "lti.token_too_old", LaunchPhase.Times,
        "The launch message is too old.",
        "Go back to your course and open the link again.",
        "iat is longer ago than allowed; compare the clocks of platform and tool.");

    /// <summary><c>lti.nonce_missing</c>: The launch message does not belong to a launch that was started here.</summary>
    public static LaunchRefusal NonceMissing { get; } = new(
        "lti.nonce_missing", LaunchPhase.Nonce,
        "The launch message does not belong to a launch that was started here.",
        "Go back to your course and open the link again.",
        "The claim nonce is missing.");

    /// <summary><c>lti.nonce_mismatch</c>: The launch message belongs to another launch.</summary>
    public static LaunchRefusal NonceMismatch { get; } = new(
        "lti.nonce_mismatch", LaunchPhase.Nonce,
        "The launch message belongs to another launch.",
        "Go back to your course and open the link again.",
        "The claim nonce is not the one of this login.");

    /// <summary><c>lti.not_lti</c>: The message is signed by the platform and is not an LTI launch.</summary>
    public static LaunchRefusal NotLti { get; } = new(
        "lti.not_lti", LaunchPhase.Version,
        "The message is signed by the platform and is not an LTI launch.",
        "Show the code to your teacher or administrator.",
        "None of the LTI claims is present: this is an id_token of some other sign-in.");

    /// <summary><c>lti.version_missing</c>: The launch message does not name its LTI version.</summary>
    public static LaunchRefusal VersionMissing { get; } = new(
        "lti.version_missing", LaunchPhase.Version,
        "The launch message does not name its LTI version.",
        "Show the code to your teacher or administrator.",
        "The claim version is missing.");

    /// <summary><c>lti.version_unsupported</c>: The launch message is of an LTI version that is not supported.</summary>
    public static LaunchRefusal VersionUnsupported { get; } = new(
        "lti.version_unsupported", LaunchPhase.Version,
        "The launch message is of an LTI version that is not supported.",
        "Show the code to your teacher or administrator.",
        "The claim version must be 1.3.0.");

    /// <summary><c>lti.message_type_missing</c>: The launch message does not say what kind it is.</summary>
    public static LaunchRefusal MessageTypeMissing { get; } = new(
        "lti.message_type_missing", LaunchPhase.MessageType,
        "The launch message does not say what kind it is.",
        "Show the code to your teacher or administrator.",
        "The claim message_type is missing.");

    /// <summary><c>lti.message_type_unsupported</c>: The tool does not support this kind of launch.</summary>
    public static LaunchRefusal MessageTypeUnsupported { get; } = new(
        "lti.message_type_unsupported", LaunchPhase.MessageType,
        "The tool does not support this kind of launch.",
        "Show the code to your teacher or administrator.",
        "Supported are LtiResourceLinkRequest, LtiDeepLinkingRequest and LtiSubmissionReviewRequest; remove the placement that sends another.");

    /// <summary><c>lti.deployment_missing</c>: The launch message does not say which installation of the tool it comes from.</summary>
    public static LaunchRefusal DeploymentMissing { get; } = new(
        "lti.deployment_missing", LaunchPhase.Deployment,
        "The launch message does not say which installation of the tool it comes from.",
        "Show the code to your teacher or administrator.",
        "The claim deployment_id is missing or empty.");

    /// <summary><c>lti.deployment_unknown</c>: This installation of the tool is not known yet.</summary>
    public static LaunchRefusal DeploymentUnknown { get; } = new(
        "lti.deployment_unknown", LaunchPhase.Deployment,
        "This installation of the tool is not known yet.",
        "Show the code to your teacher or administrator.",
        "Add the deployment id to the registration.");

    /// <summary><c>lti.roles_missing</c>: The launch message does not contain the roles claim.</summary>
    public static LaunchRefusal RolesMissing { get; } = new(
        "lti.roles_missing", LaunchPhase.RequiredClaims,
        "The launch message does not contain the roles claim.",
        "Show the code to your teacher or administrator.",
        "The claim roles is required; it may be an empty list.");

    /// <summary><c>lti.resource_link_missing</c>: The launch message does not say which link was opened.</summary>
    public static LaunchRefusal ResourceLinkMissing { get; } = new(
        "lti.resource_link_missing", LaunchPhase.RequiredClaims,
        "The launch message does not say which link was opened.",
        "Show the code to your teacher or administrator.",
        "The claim resource_link with an id is required for this message type.");

    /// <summary><c>lti.subject_missing</c>: The platform did not say who you are, and this work needs it.</summary>
    public static LaunchRefusal SubjectMissing { get; } = new(
        "lti.subject_missing", LaunchPhase.RequiredClaims,
        "The platform did not say who you are, and this work needs it.",
        "Make sure that you are signed in to your learning platform, then open the link again.",
        "The claim sub is missing: the launch is anonymous.");

    /// <summary><c>lti.deep_linking_settings_missing</c>: The launch message does not say where the chosen content should go.</summary>
    public static LaunchRefusal DeepLinkingSettingsMissing { get; } = new(
        "lti.deep_linking_settings_missing", LaunchPhase.RequiredClaims,
        "The launch message does not say where the chosen content should go.",
        "Show the code to your teacher or administrator.",
        "The claim deep_linking_settings with a deep_link_return_url is required for LtiDeepLinkingRequest.");

    /// <summary><c>lti.submission_user_missing</c>: The launch message does not say whose work should be reviewed.</summary>
    public static LaunchRefusal SubmissionUserMissing { get; } = new(
        "lti.submission_user_missing", LaunchPhase.RequiredClaims,
        "The launch message does not say whose work should be reviewed.",
        "Show the code to your teacher or administrator.",
        "The claim for_user with a user_id is required for LtiSubmissionReviewRequest.");

    /// <summary><c>lti.grade_service_missing</c>: The launch message does not say which gradebook column is meant.</summary>
    public static LaunchRefusal GradeServiceMissing { get; } = new(
        "lti.grade_service_missing", LaunchPhase.RequiredClaims,
        "The launch message does not say which gradebook column is meant.",
        "Show the code to your teacher or administrator.",
        "The claim endpoint of Assignment and Grade Services with a lineitem is required for LtiSubmissionReviewRequest.");

    /// <summary><c>lti.legacy_signature_invalid</c>: The claim of LTI 1.1 is signed with another secret.</summary>
    public static LaunchRefusal LegacySignatureInvalid { get; } = new(
        "lti.legacy_signature_invalid", LaunchPhase.LegacyClaim,
        "We could not match this link with the work from before.",
        "Show the code to your teacher or administrator.",
        "oauth_consumer_key_sign in the claim lti1p1 does not verify with the secret on file for that consumer key.");

    /// <summary><c>lti.target_missing</c>: The launch message does not say what to open.</summary>
    public static LaunchRefusal TargetMissing { get; } = new(
        "lti.target_missing", LaunchPhase.TargetLink,
        "The launch message does not say what to open.",
        "Show the code to your teacher or administrator.",
        "The claim target_link_uri is required for this message type.");

    /// <summary><c>lti.target_mismatch</c>: The launch message points elsewhere than the launch that was started.</summary>
    public static LaunchRefusal TargetMismatch { get; } = new(
        "lti.target_mismatch", LaunchPhase.TargetLink,
        "The launch message points elsewhere than the launch that was started.",
        "Go back to your course and open the link again; if it happens again, show the code to your teacher or administrator.",
        "The claim target_link_uri differs from the target_link_uri of the login request (LTI Core 5.3.4).");

    /// <summary><c>lti.target_claim_not_ours</c>: The link points to an address outside the tool.</summary>
    public static LaunchRefusal TargetClaimNotOurs { get; } = new(
        "lti.target_claim_not_ours", LaunchPhase.TargetLink,
        "The link points to an address outside the tool.",
        "Show the code to your teacher or administrator.",
        "Correct the link's target URL: it must lie under the tool's own address.");

    /// <summary><c>lti.nonce_replayed</c>: This launch was already used.</summary>
    public static LaunchRefusal NonceReplayed { get; } = new(
        "lti.nonce_replayed", LaunchPhase.Admission,
        "This launch was already used.",
        "Go back to your course and open the link again.",
        "The nonce was spent before: the page was reloaded, or somebody replayed a launch.");
}
