using Lti.Launches;

namespace Gateway.Launches;

/// <summary>Serves the library's script for launches without cookies. Its address changes with it, so that it may be kept for ever.</summary>
internal static class LaunchScript
{
    public const string Path = "/assets/launch.js";

    public static string Address { get; } = $"{Path}?v={PlatformStorageScript.Hash}";

    public static IResult Handle(HttpContext http)
    {
        // A replica of another version serves its own, for now.
        http.Response.Headers.CacheControl = http.Request.Query["v"] == PlatformStorageScript.Hash ? "public, max-age=31536000, immutable" : "no-store";
        return Results.Bytes(PlatformStorageScript.Content, PlatformStorageScript.ContentType);
    }
}
