namespace Samples.PracticeEngine;

/// <summary>Cookies that work inside another site's frame: kept apart per embedding site (CHIPS), never readable by scripts.</summary>
internal static class FrameCookies
{
    public static CookieOptions Options(TimeSpan? maximumAge = null) => new()
    {
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.None,
        Path = "/",
        MaxAge = maximumAge,
        Extensions = { "Partitioned" },
    };

    public static void Drop(HttpResponse response, string name) => response.Cookies.Append(name, "", Options(TimeSpan.Zero));
}
