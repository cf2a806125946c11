using System.Globalization;

namespace Samples.Sis.Rest;

/// <summary>The refusals that <see cref="Faults"/> stage, before anybody looks at the request.</summary>
internal static class StagedRefusal
{
    public static IResult? Of(HttpContext http, OneRosterVersion version, SisOptions options)
    {
        LastingFaults lasting = options.Faults.Lasting;
        _ = int.TryParse(http.Request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out int limit);
        if (lasting.OnlyPath is { } path && !http.Request.Path.StartsWithSegments(path, StringComparison.Ordinal))
            return Results.Content("<!doctype html><title>Not found</title>", "text/html", statusCode: 404);
        if (lasting.Redirect)
            return Results.Redirect("https://elsewhere.example" + http.Request.Path);
        if (options.Faults.TakeTooMany())
        {
            http.Response.Headers.RetryAfter = lasting.RetryAfterAsDate
                ? options.Time.GetUtcNow().AddSeconds(options.Faults.RetryAfterSeconds).ToString("R", CultureInfo.InvariantCulture)
                : options.Faults.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return ErrorBody.Of(lasting.Errors, version, 429, "server_busy", "Too many requests.");
        }
        if (options.Faults.TakeBadGateway() || limit > lasting.BadGatewayAbove)
            return Results.Content("<!doctype html><title>Bad gateway</title>", "text/html", statusCode: 502);
        if (limit > lasting.TooLargeAbove)
            return ErrorBody.Of(lasting.Errors, version, 413, "invaliddata", "That is too much.");
        return limit > lasting.UnprocessableAbove ? ErrorBody.Of(lasting.Errors, version, 422, "invaliddata", "That is too much.") : null;
    }
}
