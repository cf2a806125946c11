namespace Lti.Launches;

public sealed partial class LaunchRefusal
{
    /// <summary><c>lti.issuer_missing</c>: iss is missing.</summary>
    public static LaunchRefusal IssuerMissing { get; } = new(
        "lti.issuer_missing", LaunchPhase.Issuer,
        "The site where your class is left out something that we need to open this.",
        ShowTheCode,
        "The claim iss is missing from the id_token.");

    /// <summary><c>lti.issuer_mismatch</c>: iss is not the registration's issuer.</summary>
    public static LaunchRefusal IssuerMismatch { get; } = new(
        "lti.issuer_mismatch", LaunchPhase.Issuer,
        "This link was opened on one site and answered by another.",
        ShowTheCode,
        "The claim iss differs from the issuer of the registration that the login belonged to: compare them character for character, a slash at the end included.");

    /// <summary><c>lti.audience_missing</c>: aud is missing.</summary>
    public static LaunchRefusal AudienceMissing { get; } = new(
        "lti.audience_missing", LaunchPhase.Audience,
        "The site where your class is left out something that we need to open this.",
        ShowTheCode,
        "The claim aud is missing from the id_token, or is an empty list.");

    /// <summary><c>lti.audience_mismatch</c>: aud does not contain the registration's client id.</summary>
    public static LaunchRefusal AudienceMismatch { get; } = new(
        "lti.audience_mismatch", LaunchPhase.Audience,
        "This link was meant for another site.",
        ShowTheCode,
        "The claim aud does not contain the client id of the registration that the login belonged to: the token is of another tool or another registration.");

    /// <summary><c>lti.authorized_party_mismatch</c>: azp is another client, or missing although aud has several values.</summary>
    public static LaunchRefusal AuthorizedPartyMismatch { get; } = new(
        "lti.authorized_party_mismatch", LaunchPhase.Audience,
        "This link was meant for another site.",
        ShowTheCode,
        "The claim azp differs from the registration's client id, or is missing although aud has several values (1EdTech Security Framework 5.1.3).");

    /// <summary><c>lti.times_missing</c>: exp or iat is missing.</summary>
    public static LaunchRefusal TimesMissing { get; } = new(
        "lti.times_missing", LaunchPhase.Times,
        "The site where your class is left out something that we need to open this.",
        ShowTheCode,
        "The claim exp or iat is missing from the id_token.");

    /// <summary><c>lti.token_expired</c>: exp has passed.</summary>
    public static LaunchRefusal TokenExpired { get; } = new(
        "lti.token_expired", LaunchPhase.Times,
        "This link was opened a while ago and is not good any more.",
        OpenAgain,
        "The claim exp passed more than 60 seconds ago: compare the clocks of platform and tool if it happens often.");

    /// <summary><c>lti.token_from_future</c>: iat is in the future.</summary>
    public static LaunchRefusal TokenFromFuture { get; } = new(
        "lti.token_from_future", LaunchPhase.Times,
        "The clock of the site where your class is differs from ours.",
        OpenAgainOrTell,
        "The claim iat is more than 60 seconds ahead: compare the clocks of platform and tool.");

    /// <summary><c>lti.token_not_yet_valid</c>: nbf is in the future.</summary>
    public static LaunchRefusal TokenNotYetValid { get; } = new(
        "lti.token_not_yet_valid", LaunchPhase.Times,
        "The clock of the site where your class is differs from ours.",
        OpenAgainOrTell,
        "The claim nbf is more than 60 seconds ahead: compare the clocks of platform and tool.");

    /// <summary><c>lti.token_too_old</c>: iat is longer ago than allowed.</summary>
    public static LaunchRefusal TokenTooOld { get; } = new(
        "lti.token_too_old", LaunchPhase.Times,
        "This link was opened a while ago and is not good any more.",
        OpenAgain,
        "The claim iat is more than 10 minutes ago, plus 60 seconds of leeway: compare the clocks of platform and tool if it happens often.");

    /// <summary><c>lti.nonce_missing</c>: nonce is missing.</summary>
    public static LaunchRefusal NonceMissing { get; } = new(
        "lti.nonce_missing", LaunchPhase.Nonce,
        "The site where your class is left out something that we need to open this.",
        OpenAgainOrTell,
        "The claim nonce is missing from the id_token: the platform must return the nonce of the authorization request.");

    /// <summary><c>lti.nonce_mismatch</c>: nonce is not the one of this login.</summary>
    public static LaunchRefusal NonceMismatch { get; } = new(
        "lti.nonce_mismatch", LaunchPhase.Nonce,
        "This page belongs to another time that the link was opened.",
        OpenAgain,
        "The claim nonce is not the one that this login gave to the platform: two launches were mixed up, or somebody replayed one.");

    /// <summary><c>lti.not_lti</c>: None of the LTI claims is present.</summary>
    public static LaunchRefusal NotLti { get; } = new(
        "lti.not_lti", LaunchPhase.Version,
        "The site where your class is signed you in and did not say what to open.",
        ShowTheCode,
        "The id_token has none of version, message_type and deployment_id: it is of some other sign-in and no LTI message; check which URL the platform starts the tool with.");

    /// <summary><c>lti.version_missing</c>: The LTI version is missing.</summary>
    public static LaunchRefusal VersionMissing { get; } = new(
        "lti.version_missing", LaunchPhase.Version,
        "The site where your class is left out something that we need to open this.",
        ShowTheCode,
        "The claim https://purl.imsglobal.org/spec/lti/claim/version is missing from the id_token.");

    /// <summary><c>lti.version_unsupported</c>: The LTI version is not 1.3.0.</summary>
    public static LaunchRefusal VersionUnsupported { get; } = new(
        "lti.version_unsupported", LaunchPhase.Version,
        "The site where your class is and our site speak different languages.",
        ShowTheCode,
        "The claim https://purl.imsglobal.org/spec/lti/claim/version must be 1.3.0.");

    /// <summary><c>lti.message_type_missing</c>: The message type is missing.</summary>
    public static LaunchRefusal MessageTypeMissing { get; } = new(
        "lti.message_type_missing", LaunchPhase.MessageType,
        "The site where your class is left out something that we need to open this.",
        ShowTheCode,
        "The claim https://purl.imsglobal.org/spec/lti/claim/message_type is missing from the id_token.");

    /// <summary><c>lti.message_type_unsupported</c>: The message type is not supported.</summary>
    public static LaunchRefusal MessageTypeUnsupported { get; } = new(
        "lti.message_type_unsupported", LaunchPhase.MessageType,
        "Our site cannot open this kind of link.",
        ShowTheCode,
        "Supported message types are LtiResourceLinkRequest, LtiDeepLinkingRequest and LtiSubmissionReviewRequest: remove the placement in the platform that sends another.");

    /// <summary><c>lti.deployment_missing</c>: The deployment is missing.</summary>
    public static LaunchRefusal DeploymentMissing { get; } = new(
        "lti.deployment_missing", LaunchPhase.Deployment,
        "The site where your class is left out something that we need to open this.",
        ShowTheCode,
        "The claim https://purl.imsglobal.org/spec/lti/claim/deployment_id is missing from the id_token or empty.");

    /// <summary><c>lti.deployment_unknown</c>: The registration does not know the deployment.</summary>
    public static LaunchRefusal DeploymentUnknown { get; } = new(
        "lti.deployment_unknown", LaunchPhase.Deployment,
        "Your school is not set up on our site yet.",
        ShowTheCode,
        "The claim deployment_id names a deployment that the registration does not know: add the deployment id that the platform shows to the registration.");

    /// <summary><c>lti.roles_missing</c>: The roles claim is missing.</summary>
    public static LaunchRefusal RolesMissing { get; } = new(
        "lti.roles_missing", LaunchPhase.RequiredClaims,
        "The site where your class is did not say whether you are a student or a teacher.",
        ShowTheCode,
        "The claim https://purl.imsglobal.org/spec/lti/claim/roles is required; it may be an empty list (LTI Core 5.3.7).");

    /// <summary><c>lti.resource_link_missing</c>: The resource link or its id is missing.</summary>
    public static LaunchRefusal ResourceLinkMissing { get; } = new(
        "lti.resource_link_missing", LaunchPhase.RequiredClaims,
        "The site where your class is did not say which link you opened.",
        ShowTheCode,
        "The claim https://purl.imsglobal.org/spec/lti/claim/resource_link with an id is required for LtiResourceLinkRequest (LTI Core 5.3.5).");

    /// <summary><c>lti.subject_missing</c>: The launch is anonymous.</summary>
    public static LaunchRefusal SubjectMissing { get; } = new(
        "lti.subject_missing", LaunchPhase.RequiredClaims,
        "The site where your class is did not tell us who opened the link.",
        "Sign in to the site where your class is, then open the link again. If that does not help, show this page to your teacher.",
        "The claim sub is missing, so the launch is anonymous: raise the tool's privacy level in the platform so that it sends an id; a name is not needed.");

    /// <summary><c>lti.deep_linking_settings_missing</c>: The deep linking settings or their return address are missing.</summary>
    public static LaunchRefusal DeepLinkingSettingsMissing { get; } = new(
        "lti.deep_linking_settings_missing", LaunchPhase.RequiredClaims,
        "The site where your class is did not say where your choice should go.",
        ShowTheCode,
        "The claim https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings with a deep_link_return_url is required for LtiDeepLinkingRequest (Deep Linking 4.4.1).");

    /// <summary><c>lti.submission_user_missing</c>: The learner under review is missing.</summary>
    public static LaunchRefusal SubmissionUserMissing { get; } = new(
        "lti.submission_user_missing", LaunchPhase.RequiredClaims,
        "The site where your class is did not say whose work to show.",
        ShowTheCode,
        "The claim https://purl.imsglobal.org/spec/lti/claim/for_user with a user_id is required for LtiSubmissionReviewRequest.");

    /// <summary><c>lti.grade_service_missing</c>: The line item under review is missing.</summary>
    public static LaunchRefusal GradeServiceMissing { get; } = new(
        "lti.grade_service_missing", LaunchPhase.RequiredClaims,
        "The site where your class is did not say which work to show.",
        ShowTheCode,
        "The claim https://purl.imsglobal.org/spec/lti-ags/claim/endpoint with a lineitem is required for LtiSubmissionReviewRequest.");

    /// <summary><c>lti.legacy_signature_invalid</c>: oauth_consumer_key_sign does not verify.</summary>
    public static LaunchRefusal LegacySignatureInvalid { get; } = new(
        "lti.legacy_signature_invalid", LaunchPhase.LegacyClaim,
        "We could not match this link with your work from before.",
        ShowTheCode,
        "oauth_consumer_key_sign in the claim https://purl.imsglobal.org/spec/lti/claim/lti1p1 does not verify with the LTI 1.1 secret on file for that consumer key: put the platform's present secret on file.");

    /// <summary><c>lti.target_missing</c>: target_link_uri is missing.</summary>
    public static LaunchRefusal TargetMissing { get; } = new(
        "lti.target_missing", LaunchPhase.TargetLink,
        "The site where your class is did not say what to open.",
        ShowTheCode,
        "The claim https://purl.imsglobal.org/spec/lti/claim/target_link_uri is required for this message type.");

    /// <summary><c>lti.target_mismatch</c>: target_link_uri differs from the login's.</summary>
    public static LaunchRefusal TargetMismatch { get; } = new(
        "lti.target_mismatch", LaunchPhase.TargetLink,
        "This link changed on its way to us.",
        OpenAgainOrTell,
        "The claim target_link_uri differs from the target_link_uri of the login initiation (LTI Core 5.3.4): the platform must send the same address twice, encoded alike.");

    /// <summary><c>lti.target_claim_not_ours</c>: target_link_uri lies outside the tool.</summary>
    public static LaunchRefusal TargetClaimNotOurs { get; } = new(
        "lti.target_claim_not_ours", LaunchPhase.TargetLink,
        "This link leads to a place that is not ours.",
        ShowTheCode,
        "The claim target_link_uri is not an address of this tool: correct the target URL of the link in the platform; its scheme, host and port must be the tool's.");

    /// <summary><c>lti.nonce_replayed</c>: The nonce was spent before.</summary>
    public static LaunchRefusal NonceReplayed { get; } = new(
        "lti.nonce_replayed", LaunchPhase.Admission,
        "This link was opened already, and each opening works once.",
        OpenAgain,
        "The nonce of this launch was spent before: the page was reloaded or gone back to, or somebody replayed a launch.");
}
