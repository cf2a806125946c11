namespace Lti.Registrations;

/// <summary>An address that a platform gives of itself.</summary>
internal static class PlatformAddress
{
    public const int Longest = 1024;

    /// <summary>An absolute https address (http for loopback, where there is nobody to listen in) without user name and fragment; else null.</summary>
    public static Uri? Parse(string? text) =>
        text is { Length: > 0 and <= Longest }
        && !text.Any(static letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter == '\\')
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url is { Scheme: "http", IsLoopback: true })
        && url.UserInfo.Length == 0
        && url.Fragment.Length == 0
            ? url
            : null;
}
