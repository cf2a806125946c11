namespace Lti.Launches.Phases;

/// <summary>OpenID Connect Core 3.1.2.6: the platform may answer with an error. Its words are compared, never kept.</summary>
internal static class PlatformResponsePhase
{
    public static LaunchRefusal? Run(LaunchAttempt attempt) => Of(attempt.Request);

    public static LaunchRefusal? Of(LaunchRequest request) => request.Error switch
    {
        null or "" => request is { IsLegacyLaunch: true, IdToken.IsEmpty: true } ? LaunchRefusal.LegacyVersion : null,
        "login_required" or "interaction_required" or "account_selection_required" or "consent_required" => LaunchRefusal.PlatformLoginRequired,
        // Canvas, for a launch that was used before or waited too long.
        "launch_no_longer_valid" => LaunchRefusal.PlatformLaunchExpired,
        "access_denied" or "unauthorized_client" or "invalid_request" or "invalid_scope" or "unsupported_response_type"
            => LaunchRefusal.PlatformDenied,
        "server_error" or "temporarily_unavailable" => LaunchRefusal.PlatformUnavailable,
        _ => LaunchRefusal.PlatformError,
    };
}
