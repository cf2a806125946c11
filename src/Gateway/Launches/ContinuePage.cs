using Gateway.Hosting;

namespace Gateway.Launches;

/// <summary>
/// Sends the browser on from a post of the gateway's own page. Not by a redirect: Chromium applies that page's <c>form-action</c> to it,
/// and the engine is another origin.
/// </summary>
internal sealed class ContinuePage(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => OnwardPage.Of(address).ExecuteAsync(httpContext);
}
