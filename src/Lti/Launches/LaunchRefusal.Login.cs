namespace Lti.Launches;

public sealed partial class LaunchRefusal
{
    /// <summary><c>lti.login_empty</c>: The login initiation has no parameters: somebody opened its address by hand.</summary>
    public static LaunchRefusal LoginEmpty { get; } = new(
        "lti.login_empty", LaunchPhase.Login,
        "This address cannot be opened by itself.",
        OpenFromCourse,
        "The login initiation URL was opened without any parameters: it is for the platform, which has it as its OIDC login URL (login initiation URL), and people open the activity's link in their course. If a link of a course ends here, the platform has this address in the place of another one, or something between drops the parameters (a redirect on the way, for example).");

    /// <summary><c>lti.launch_opened_directly</c>: The launch URL was opened and nothing was posted to it.</summary>
    public static LaunchRefusal LaunchOpenedDirectly { get; } = new(
        "lti.launch_opened_directly", LaunchPhase.Login,
        "This address cannot be opened by itself.",
        OpenFromCourse,
        "The launch URL (redirect URI) was opened by GET: the platform posts to it at the end of a login (response_mode=form_post), and people open the activity's link in their course. A bookmark, a reload after a launch, a plain web link to this address and a redirect on the way all end here.");

    /// <summary><c>lti.legacy_version</c>: A launch under LTI 1.1 (or 2.0) arrived.</summary>
    public static LaunchRefusal LegacyVersion { get; } = new(
        "lti.legacy_version", LaunchPhase.Login,
        "This link was set up in an old way that our site does not know.",
        ShowTheCode,
        "A launch of LTI 1.1 arrived (an OAuth 1.0 form with oauth_consumer_key or lti_message_type): this tool speaks LTI 1.3 only. Register it in the platform as an LTI 1.3 tool, and make or move links that were added as LTI 1.1; where consumer key and shared secret of then are put on file, people keep their work.");

    /// <summary><c>lti.login_malformed</c>: The login initiation lacks what LTI requires, or is too long.</summary>
    public static LaunchRefusal LoginMalformed { get; } = new(
        "lti.login_malformed", LaunchPhase.Login,
        "The link was not complete when it reached us.",
        OpenAgainOrTell,
        "The login initiation must carry iss, login_hint and target_link_uri, none longer than 8,192 characters: check that the platform has the tool's login initiation URL as its OIDC login URL, and not the launch URL.");

    /// <summary><c>lti.registration_unknown</c>: No registration fits issuer and client id.</summary>
    public static LaunchRefusal RegistrationUnknown { get; } = new(
        "lti.registration_unknown", LaunchPhase.Login,
        "The site where your class is and our site are not set up to work together yet.",
        ShowTheCode,
        "No registration has this issuer and client id: compare both with what the platform shows, character for character, a slash at the end included, and register the platform if it is missing.");

    /// <summary><c>lti.registration_pending</c>: The registration waits for approval.</summary>
    public static LaunchRefusal RegistrationPending { get; } = new(
        "lti.registration_pending", LaunchPhase.Login,
        "The site where your class is and our site are not ready to work together yet.",
        ShowTheCode,
        "The platform registered itself and its registration waits: the tool's operator has to approve it before the first launch.");

    /// <summary><c>lti.registration_ambiguous</c>: Several registrations fit and the request does not say which one is meant.</summary>
    public static LaunchRefusal RegistrationAmbiguous { get; } = new(
        "lti.registration_ambiguous", LaunchPhase.Login,
        "We could not tell which school this link belongs to.",
        ShowTheCode,
        "Several registrations share this issuer and the login initiation has neither client_id nor a deployment id that tells them apart: have the platform send client_id, or remove the registration that is not used.");

    /// <summary><c>lti.target_not_ours</c>: The link's target lies outside the tool.</summary>
    public static LaunchRefusal TargetNotOurs { get; } = new(
        "lti.target_not_ours", LaunchPhase.Login,
        "This link leads to a place that is not ours.",
        ShowTheCode,
        "target_link_uri of the login initiation is not an address of this tool: correct the target URL of the link or placement in the platform; its scheme, host and port must be the tool's.");

    /// <summary><c>lti.platform_login_required</c>: The platform answered login_required or the like.</summary>
    public static LaunchRefusal PlatformLoginRequired { get; } = new(
        "lti.platform_login_required", LaunchPhase.PlatformResponse,
        "The site where your class is says that you are not signed in there.",
        "Sign in to the site where your class is, then open the link again.",
        "The platform answered login_required, interaction_required, consent_required or account_selection_required: its session ended, or the browser blocks the platform's own cookies in a frame; let the link open in a new window.");

    /// <summary><c>lti.platform_launch_expired</c>: The platform answered launch_no_longer_valid.</summary>
    public static LaunchRefusal PlatformLaunchExpired { get; } = new(
        "lti.platform_launch_expired", LaunchPhase.PlatformResponse,
        "This link was opened a while ago and is not good any more.",
        OpenAgain,
        "The platform answered launch_no_longer_valid (Canvas): its launch was used twice or took too long; a page that was reloaded or kept open does that.");

    /// <summary><c>lti.platform_denied</c>: The platform answered access_denied or the like.</summary>
    public static LaunchRefusal PlatformDenied { get; } = new(
        "lti.platform_denied", LaunchPhase.PlatformResponse,
        "The site where your class is did not let you open this link.",
        ShowTheCode,
        "The platform answered access_denied, unauthorized_client, invalid_request, invalid_scope or unsupported_response_type: check in the platform that the tool is switched on for this course, and that client id and redirect URI are those of the registration.");

    /// <summary><c>lti.platform_unavailable</c>: The platform answered server_error or temporarily_unavailable.</summary>
    public static LaunchRefusal PlatformUnavailable { get; } = new(
        "lti.platform_unavailable", LaunchPhase.PlatformResponse,
        "The site where your class is has a problem at the moment.",
        WaitAndOpenAgain,
        "The platform answered server_error or temporarily_unavailable: see the platform's status page.");

    /// <summary><c>lti.platform_error</c>: The platform answered with an error that LTI does not name.</summary>
    public static LaunchRefusal PlatformError { get; } = new(
        "lti.platform_error", LaunchPhase.PlatformResponse,
        "The site where your class is could not open this link.",
        OpenAgainOrTell,
        "The platform answered the authorization request with an error code that neither OpenID Connect nor LTI names: look into the platform's own log at this time.");

    /// <summary><c>lti.state_missing</c>: The platform posted no state.</summary>
    public static LaunchRefusal StateMissing { get; } = new(
        "lti.state_missing", LaunchPhase.State,
        "We could not find out where this link was opened.",
        OpenAgain,
        "The launch has no state parameter: the platform must echo state as it came; a launch URL that was opened or bookmarked directly has none either.");

    /// <summary><c>lti.state_invalid</c>: The state does not open.</summary>
    public static LaunchRefusal StateInvalid { get; } = new(
        "lti.state_invalid", LaunchPhase.State,
        "This link changed on its way to us.",
        OpenAgain,
        "The state parameter was not sealed by this tool or was altered: check that all replicas share the same keys, and that no proxy shortens form fields.");

    /// <summary><c>lti.state_expired</c>: Too much time passed between login and launch.</summary>
    public static LaunchRefusal StateExpired { get; } = new(
        "lti.state_expired", LaunchPhase.State,
        "Opening this link took too long.",
        OpenAgain,
        "More than the state lifetime (10 minutes unless set otherwise) passed between login and launch: the platform's sign-in page was left open, or a clock is wrong.");

    /// <summary><c>lti.browser_mismatch</c>: The browser is not the one that began the login, or kept nothing.</summary>
    public static LaunchRefusal BrowserMismatch { get; } = new(
        "lti.browser_mismatch", LaunchPhase.Browser,
        "Your browser did not remember that you opened this link.",
        "Open the link again in a new tab. If your browser asks whether this page may remember something, allow it.",
        "The browser binding of the login was missing or different: the browser blocks cookies in frames, or a launch was passed on to somebody else; let the link open in a new window.");

    /// <summary><c>lti.registration_gone</c>: The registration was removed or switched off between login and launch.</summary>
    public static LaunchRefusal RegistrationGone { get; } = new(
        "lti.registration_gone", LaunchPhase.Registration,
        "Our site and the site where your class is no longer work together.",
        ShowTheCode,
        "The registration was there at login and is not there at launch: it was removed or switched off.");
}
