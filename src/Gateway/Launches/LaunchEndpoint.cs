using Gateway.Hosting;
using Lti.Launches;

namespace Gateway.Launches;

/// <summary><c>POST /lti/launch</c>: verify, pseudonymise, record, hand over (LTI Core 1.3, 5.1.1.5).</summary>
internal static class LaunchEndpoint
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, LaunchVerifier verifier, LaunchAdmission admission, HandOff handOff, RefusalPage page, ForgedTokens forged, CancellationToken cancellation)
    {
        var posted = await LaunchForm.ReadAsync(http.Request, cancellation);
        if (posted.Parameters is not { } form)
            return page.For(posted.IsTooLarge ? LaunchRefusal.TokenTooLarge : LaunchRefusal.TokenMissing);

        string? cookie = null;
        var request = LaunchRequest.From(form, name => http.Request.Cookies[cookie = name], name => HeaderOf(http.Request, name));
        var outcome = await verifier.VerifyAsync(request, admission, cancellation);
        if (cookie is not null && outcome is not LaunchNeedsBinding<AdmittedLaunch>)
            http.Response.Cookies.Append(cookie, "", LaunchCookie.Gone);

        switch (outcome)
        {
            case LaunchAccepted<AdmittedLaunch> accepted:
                var address = await handOff.ToEngineAsync(accepted.Value, accepted.Message, cancellation);
                return request.StoredBinding is null ? new UnloggedRedirect(address, StatusCodes.Status303SeeOther) : new ContinuePage(address);
            case LaunchNeedsBinding<AdmittedLaunch> needs:
                return StoragePage.For(form("id_token")!, form("state")!, needs);
            case LaunchRefused<AdmittedLaunch> refused:
                if (refused.Refusal == LaunchRefusals.TooMany)
                    RateLimits.SetRetryAfter(http.Response);
                await forged.NoticeAsync(refused.Refusal, refused.RegistrationId, cancellation);
                return page.For(refused.Refusal);
            default:
                throw new InvalidOperationException("A launch came to no outcome.");
        }
    }

    private static string? HeaderOf(HttpRequest request, string name) => request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
