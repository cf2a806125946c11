using Gateway.Hosting;
using Lti.Launches;
using Microsoft.Net.Http.Headers;

namespace Gateway.Launches;

/// <summary><c>GET/POST /lti/login</c>: OpenID Connect third-party initiated login (1EdTech Security Framework 5.1.1.1).</summary>
internal static class LoginEndpoint
{
    public static async Task<IResult> HandleAsync(HttpContext http, LoginInitiation login, RegistrationLimits limits, RefusalPage page, CancellationToken cancellation)
    {
        var posted = HttpMethods.IsPost(http.Request.Method) ? await LaunchForm.ReadAsync(http.Request, cancellation) : Query(http.Request);
        if (posted.Parameters is not { } parameters)
            return page.For(RefusalOf(http.Request, posted));

        var request = LoginRequest.From(parameters);
        switch (await login.StartAsync(request, cancellation))
        {
            case LoginRedirect redirect when !limits.AllowsLogin(redirect.Registration.Id):
                RateLimits.SetRetryAfter(http.Response);
                return page.For(LaunchRefusals.TooMany);
            case LoginRedirect redirect:
                http.Response.Headers.Append(HeaderNames.SetCookie, redirect.SetCookie);
                return redirect.StorageTarget is null && !IsForFrame(http.Request) ? new UnloggedRedirect(redirect.Location) : OpeningPage.For(http.Request.PathBase, request, redirect);
            case LoginRefused { Refusal: var refusal }:
                return page.For(refusal);
            default:
                throw new InvalidOperationException("A login came to no outcome.");
        }
    }

    private static LaunchRefusal RefusalOf(HttpRequest request, LaunchForm posted)
    {
        if (posted.HasControlCharacters)
            return LaunchRefusals.ControlCharacter;
        return request.ContentLength is null or 0 ? LaunchRefusal.LoginEmpty : LaunchRefusal.LoginMalformed;
    }

    // Fetch Metadata; a browser that sends none is one in which the cookie is tried.
    private static bool IsForFrame(HttpRequest request) => request.Headers["Sec-Fetch-Dest"].ToString() is "iframe" or "frame";

    private static LaunchForm Query(HttpRequest request) => LaunchForm.Of(request.Query);
}
