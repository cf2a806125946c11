namespace Gateway.Hosting;

/// <summary>A page that runs one script of the gateway's own, and nothing else: its policy lets no inline code in.</summary>
/// <param name="title">As in <see cref="Page.Of"/>.</param>
/// <param name="script">The script's path in the gateway; it runs once the page has been read.</param>
/// <param name="main">HTML, with everything from outside encoded by <see cref="Page.Text"/>.</param>
/// <param name="referrerPolicy">Another one than every page's, or null.</param>
internal sealed class ScriptedPage(string title, string script, string main, string? referrerPolicy = null) : IResult
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        if (referrerPolicy is not null)
            headers["Referrer-Policy"] = referrerPolicy;
        return Page.Of(title, StatusCodes.Status200OK, main, $"<script src=\"{Page.Text(httpContext.Request.PathBase + script)}\" defer></script>").ExecuteAsync(httpContext);
    }
}
