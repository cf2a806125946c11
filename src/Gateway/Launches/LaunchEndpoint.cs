using Gateway.Hosting;
using Lti.Launches;

namespace Gateway.Launches;

/// <summary><c>POST /lti/launch</c>: verify, pseudonymise, record, hand over (LTI Core 1.3, 5.1.1.5).</summary>
internal static class LaunchEndpoint
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, LaunchVerifier verifier, LaunchAdmission admission, HandOff handOff, RefusalPage page, CancellationToken cancellation)
    {
        var posted = await LaunchForm.ReadAsync(http.Request, cancellation);
        if (posted.Parameters is not { } form)
            return page.For(posted.IsTooLarge ? LaunchRefusal.TokenTooLarge : LaunchRefusal.TokenMissing);

        string? cookie = null;
        var (idToken, state, stored) = (form("id_token"), form("state"), form("binding"));
        var request = new LaunchRequest
        {
            IdToken = idToken.AsMemory(),
            State = state,
            Error = form("error"),
            ReadBinding = name => http.Request.Cookies[cookie = name],
            StoredBinding = stored,
            FetchSite = HeaderOf(http.Request, "Sec-Fetch-Site"),
            Origin = HeaderOf(http.Request, "Origin"),
        };
        var outcome = await verifier.VerifyAsync(request, admission, cancellation);
        if (cookie is not null && outcome is not LaunchNeedsBinding<AdmittedLaunch>)
            http.Response.Cookies.Append(cookie, "", LaunchCookie.Options(TimeSpan.Zero));

        switch (outcome)
        {
            case LaunchAccepted<AdmittedLaunch> accepted:
                var address = await handOff.ToEngineAsync(accepted.Value, accepted.Message, cancellation);
                return stored is null ? new UnloggedRedirect(address, StatusCodes.Status303SeeOther) : new ContinuePage(address);
            case LaunchNeedsBinding<AdmittedLaunch> needs:
                return StoragePage.For(idToken!, state!, needs);
            case LaunchRefused<AdmittedLaunch> refused:
                return page.For(refused.Refusal);
            default:
                throw new InvalidOperationException("A launch came to no outcome.");
        }
    }

    private static string? HeaderOf(HttpRequest request, string name) => request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
