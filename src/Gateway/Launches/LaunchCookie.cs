namespace Gateway.Launches;

/// <summary>
/// The cookie that binds a login to the browser for its few minutes (P-1.7), also inside a platform's frame; the library says what it is
/// like. It goes with the launch.
/// </summary>
internal static class LaunchCookie
{
    /// <summary>What ends the cookie: the same attributes, and no time left.</summary>
    public static CookieOptions Gone { get; } = new()
    {
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.None,
        Path = "/",
        MaxAge = TimeSpan.Zero,
        IsEssential = true,
        Extensions = { "Partitioned" },
    };
}
