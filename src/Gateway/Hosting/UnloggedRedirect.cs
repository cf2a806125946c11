namespace Gateway.Hosting;

/// <summary>
/// A redirect that is not logged: the framework's own writes the address, and these addresses hold tickets, codes and hints. One that is
/// too long for a header is a page that leads on.
/// </summary>
internal sealed class UnloggedRedirect(string location, int statusCode = StatusCodes.Status302Found) : IResult
{
    /// <summary>
    /// nginx takes an answer's headers in one buffer of 4 KB (proxy_buffer_size) and says 502 to more; the other headers, with two cookies
    /// in them, have about 1 KB. Platforms' hints of 4 KB are real, and such a request for a code comes back in one redirect, too.
    /// </summary>
    public const int LongestLocation = 2_800;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (location.Length > LongestLocation)
            return OnwardPage.Of(location).ExecuteAsync(httpContext);
        httpContext.Response.StatusCode = statusCode;
        httpContext.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
