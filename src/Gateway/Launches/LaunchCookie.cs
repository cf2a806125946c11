namespace Gateway.Launches;

/// <summary>The one cookie there is: it binds a login to the browser for its few minutes (P-1.7), also inside a platform's frame.</summary>
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
