using Gateway.Hosting;

namespace Gateway.Launches;

/// <summary>
/// Sends the browser on from a post of the gateway's own page. Not by a redirect: Chromium applies that page's <c>form-action</c> to it,
/// and the engine is another origin.
/// </summary>
internal sealed class ContinuePage(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers["Refresh"] = $"0; url={address}";
        return Page.Of(OpeningPage.Title, StatusCodes.Status200OK,
            $"""
            <h1>{OpeningPage.Title}</h1>
            <p><a class="button" href="{Page.Text(address)}">Continue</a></p>
            """).ExecuteAsync(httpContext);
    }
}
