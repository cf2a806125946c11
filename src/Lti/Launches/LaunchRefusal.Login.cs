namespace Lti.Launches;

public sealed partial class LaunchRefusal
{
    /// <summary><c>lti.login_malformed</c>: The request to start did not contain what LTI requires.</summary>
    public static LaunchRefusal LoginMalformed { get; } = new(
        "lti.login_malformed", LaunchPhase.Login,
        "The request to start did not contain what LTI requires.",
        "Go back to your course and open the link again; if it happens again, show the code to your teacher or administrator.",
        "Check that the platform uses the tool's login initiation URL and sends iss, login_hint and target_link_uri; values longer than 8,192 characters are refused.");

    /// <summary><c>lti.registration_unknown</c>: This learning platform is not registered with the tool.</summary>
    public static LaunchRefusal RegistrationUnknown { get; } = new(
        "lti.registration_unknown", LaunchPhase.Login,
        "This learning platform is not registered with the tool.",
        "Show the code to your teacher or administrator.",
        "Register the platform, and compare issuer and client id character for character.");

    /// <summary><c>lti.registration_pending</c>: The registration of this learning platform waits for approval.</summary>
    public static LaunchRefusal RegistrationPending { get; } = new(
        "lti.registration_pending", LaunchPhase.Login,
        "The registration of this learning platform waits for approval.",
        "Try again later; if it happens again, show the code to your teacher or administrator.",
        "The platform has registered itself; whoever operates the tool has to approve the registration before the first launch.");

    /// <summary><c>lti.registration_ambiguous</c>: Several registrations fit this platform and the request does not say which one is meant.</summary>
    public static LaunchRefusal RegistrationAmbiguous { get; } = new(
        "lti.registration_ambiguous", LaunchPhase.Login,
        "Several registrations fit this platform and the request does not say which one is meant.",
        "Show the code to your teacher or administrator.",
        "Have the platform send client_id in the login request, or remove the registration that is not used.");

    /// <summary><c>lti.target_not_ours</c>: The link points to an address outside the tool.</summary>
    public static LaunchRefusal TargetNotOurs { get; } = new(
        "lti.target_not_ours", LaunchPhase.Login,
        "The link points to an address outside the tool.",
        "Show the code to your teacher or administrator.",
        "Correct the link's target URL: it must lie under the tool's own address.");

    /// <summary><c>lti.platform_login_required</c>: Your learning platform says that you are not signed in there.</summary>
    public static LaunchRefusal PlatformLoginRequired { get; } = new(
        "lti.platform_login_required", LaunchPhase.PlatformResponse,
        "Your learning platform says that you are not signed in there.",
        "Sign in to your learning platform and open the link again.",
        "The platform answered login_required; often its session ended, or its own cookies are blocked in a frame.");

    /// <summary><c>lti.platform_launch_expired</c>: Your learning platform says that this launch is no longer valid.</summary>
    public static LaunchRefusal PlatformLaunchExpired { get; } = new(
        "lti.platform_launch_expired", LaunchPhase.PlatformResponse,
        "Your learning platform says that this launch is no longer valid.",
        "Go back to your course and open the link again.",
        "The platform answered launch_no_longer_valid: its launch was used twice or took too long.");

    /// <summary><c>lti.platform_denied</c>: Your learning platform did not allow the launch.</summary>
    public static LaunchRefusal PlatformDenied { get; } = new(
        "lti.platform_denied", LaunchPhase.PlatformResponse,
        "Your learning platform did not allow the launch.",
        "Show the code to your teacher or administrator.",
        "The platform answered access_denied, unauthorized_client or a similar error: check that the tool is switched on for this course and that client id and redirect URI agree.");

    /// <summary><c>lti.platform_unavailable</c>: Your learning platform had a problem of its own.</summary>
    public static LaunchRefusal PlatformUnavailable { get; } = new(
        "lti.platform_unavailable", LaunchPhase.PlatformResponse,
        "Your learning platform had a problem of its own.",
        "Wait a minute and open the link again.",
        "The platform answered server_error or temporarily_unavailable.");

    /// <summary><c>lti.platform_error</c>: Your learning platform answered with an error.</summary>
    public static LaunchRefusal PlatformError { get; } = new(
        "lti.platform_error", LaunchPhase.PlatformResponse,
        "Your learning platform answered with an error.",
        "Go back to your course and open the link again; if it happens again, show the code to your teacher or administrator.",
        "The platform answered the authorization request with an error that LTI does not name.");

    /// <summary><c>lti.state_missing</c>: The answer of the platform does not belong to a launch that was started here.</summary>
    public static LaunchRefusal StateMissing { get; } = new(
        "lti.state_missing", LaunchPhase.State,
        "The answer of the platform does not belong to a launch that was started here.",
        "Go back to your course and open the link again.",
        "The platform posted no state; check that it echoes the state parameter.");

    /// <summary><c>lti.state_invalid</c>: The launch was altered on its way or was not started here.</summary>
    public static LaunchRefusal StateInvalid { get; } = new(
        "lti.state_invalid", LaunchPhase.State,
        "The launch was altered on its way or was not started here.",
        "Go back to your course and open the link again.",
        "The state could not be opened: it was altered, or the replicas do not share the same state keys.");

    /// <summary><c>lti.state_expired</c>: The launch took too long.</summary>
    public static LaunchRefusal StateExpired { get; } = new(
        "lti.state_expired", LaunchPhase.State,
        "The launch took too long.",
        "Go back to your course and open the link again.",
        "More than the state lifetime passed between login and launch.");

    /// <summary><c>lti.browser_mismatch</c>: The launch was started in another browser, or this browser did not keep what the tool gave it.</summary>
    public static LaunchRefusal BrowserMismatch { get; } = new(
        "lti.browser_mismatch", LaunchPhase.Browser,
        "The launch was started in another browser, or this browser did not keep what the tool gave it.",
        "Open the link again in a new tab, and allow cookies for this page if your browser asks.",
        "The browser binding was missing or different: cookies in frames may be blocked, or somebody passed a launch on.");

    /// <summary><c>lti.registration_gone</c>: The registration of this learning platform was removed or switched off.</summary>
    public static LaunchRefusal RegistrationGone { get; } = new(
        "lti.registration_gone", LaunchPhase.Registration,
        "The registration of this learning platform was removed or switched off.",
        "Show the code to your teacher or administrator.",
        "The registration existed at login and not at launch.");
}
