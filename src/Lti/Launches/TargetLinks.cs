namespace Lti.Launches;

/// <summary>Tells the tool's own addresses from others, so that a launch is no open redirect.</summary>
internal static class TargetLinks
{
    public static bool IsOurs(string link, LtiToolOptions options)
    {
        // Browsers and System.Uri disagree about backslashes and control characters; such a link is not needed.
        if (link.AsSpan().IndexOf('\\') >= 0 || link.Any(static letter => char.IsControl(letter) || char.IsWhiteSpace(letter))) return false;
        if (!Uri.TryCreate(link, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || HasUserInfo(link)) return false;
        return options.AllowedTargets.Count > 0
            ? options.AllowedTargets.Any(own => SameOrigin(uri, own) && Under(uri.AbsolutePath, own.AbsolutePath))
            : SameOrigin(uri, options.RedirectUri!);
    }

    // An empty one ("https://@host/") is none to System.Uri.
    private static bool HasUserInfo(string link)
    {
        var authority = link.AsSpan(link.IndexOf(':', StringComparison.Ordinal) + 1).TrimStart('/');
        var end = authority.IndexOfAny('/', '?', '#');
        return (end < 0 ? authority : authority[..end]).Contains('@');
    }

    private static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);

    // "/lti" covers "/lti" and "/lti/x", not "/ltix". System.Uri has resolved dot segments already.
    private static bool Under(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal)
        && (prefix.EndsWith('/') || path.Length == prefix.Length || path[prefix.Length] == '/');
}
