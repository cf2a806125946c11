using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Identity.Authorize;

/// <summary>
/// 302 back to the engine (RFC 6749, 4.1.2; <c>iss</c> by RFC 9207), the redirect URI's own query kept. Not <c>Results.Redirect</c>:
/// that one logs where it redirects to, and a code is in there.
/// </summary>
internal sealed class BrowserRedirect(string redirectUri, params (string Name, string? Value)[] parameters) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var given = parameters.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value));
        httpContext.Response.StatusCode = StatusCodes.Status302Found;
        httpContext.Response.Headers.Location = QueryHelpers.AddQueryString(redirectUri, given);
        return Task.CompletedTask;
    }
}
