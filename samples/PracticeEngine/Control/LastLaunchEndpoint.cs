namespace Samples.PracticeEngine.Control;

internal static class LastLaunchEndpoint
{
    public static void Map(WebApplication app) => app.MapGet(
        "/last-launch",
        (HttpContext http, PracticeEngineOptions options, LastLaunch last) =>
        {
            if (options.ControlKey is not { Length: > 0 } key)
                return Results.NotFound();
            if (!Secrets.Same(http.Request.Headers["X-Control-Key"], key))
                return Results.Unauthorized();
            return last.Value is { } launch ? Results.Json(launch) : Results.NotFound();
        });
}
