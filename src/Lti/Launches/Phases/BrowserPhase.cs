using System.Security.Cryptography;

namespace Lti.Launches.Phases;

/// <summary>
/// The browser that finishes is the one that began: it brings the value whose hash the state holds, as a cookie or, where it has none and
/// the platform offered its storage, from there (LTI Platform Storage 0.1). A cookie that is wrong is never made good by storage.
/// </summary>
internal static class BrowserPhase
{
    public static LaunchRefusal? Run(LaunchAttempt attempt)
    {
        var name = BrowserBinding.NameFor(attempt.Request.State!, attempt.Options);
        if (attempt.Request.ReadBinding(name) is { } cookie)
        {
            attempt.IsBoundByCookie = true;
            return Bind(attempt, cookie);
        }

        if (attempt.State.StorageTarget is null)
            return LaunchRefusal.BrowserMismatch;
        if (attempt.Request.StoredBinding is not { } stored)
            return null;
        // Whoever began a login knows its binding and could have another person's browser post it: only a page of ours, which asked the
        // storage of the platform that this browser shows, is believed.
        return IsFromOwnPage(attempt) ? Bind(attempt, stored) : LaunchRefusal.BrowserMismatch;
    }

    private static LaunchRefusal? Bind(LaunchAttempt attempt, string value)
    {
        attempt.IsBrowserBound = CryptographicOperations.FixedTimeEquals(LoginState.HashBinding(value), attempt.State.BindingHash);
        return attempt.IsBrowserBound ? null : LaunchRefusal.BrowserMismatch;
    }

    // Origin is for the browsers that send no Fetch Metadata.
    private static bool IsFromOwnPage(LaunchAttempt attempt) => attempt.Request.FetchSite is { } site
        ? site == "same-origin"
        : attempt.Request.Origin == WebOrigin.Of(attempt.Options.RedirectUri!);
}
