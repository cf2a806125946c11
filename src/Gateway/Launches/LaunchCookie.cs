namespace Gateway.Launches;

/// <summary>
/// The one cookie that the gateway sets: it binds a login to the browser for its few minutes (P-1.7), also inside a platform's frame.
/// (The script of <see cref="OpeningPage"/> tries with <c>lti-probe</c> whether a frame keeps one, and takes it away at once.)
/// </summary>
internal static class LaunchCookie
{
    public static CookieOptions Options(TimeSpan lifetime) => new()
    {
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.None,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
        Extensions = { "Partitioned" },
    };
}
