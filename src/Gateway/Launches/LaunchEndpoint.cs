using System.Globalization;
using Gateway.Hosting;
using Gateway.Identity;
using Lti.Launches;

namespace Gateway.Launches;

/// <summary>
/// <c>POST /lti/launch</c>: verify, pseudonymise, record, hand over (LTI Core 1.3, 5.1.1.5). <c>GET</c> is for people who open the address
/// by hand, and for platforms that answer with an error so.
/// </summary>
internal static class LaunchEndpoint
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, LaunchVerifier verifier, LaunchAdmission admission, HandOff handOff, HandOffCookie browser, RefusalPage page, ForgedTokens forged,
        RegistrationNotes notes, RegistrationDirectory registrations, CancellationToken cancellation)
    {
        var posted = await LaunchForm.ReadAsync(http.Request, cancellation);
        if (posted.Parameters is not { } form)
            return page.For(posted.HasControlCharacters ? LaunchRefusals.ControlCharacter : posted.IsTooLarge ? LaunchRefusal.TokenTooLarge : LaunchRefusal.TokenMissing);

        string? cookie = null;
        var request = LaunchRequest.From(form, name => http.Request.Cookies[cookie = name], name => HeaderOf(http.Request, name));
        var outcome = await verifier.VerifyAsync(request, admission, cancellation);
        if (cookie is not null && outcome is not LaunchNeedsBinding<AdmittedLaunch>)
            http.Response.Cookies.Append(cookie, "", LaunchCookie.Gone);

        switch (outcome)
        {
            case LaunchAccepted<AdmittedLaunch> accepted:
                var kept = accepted.IsBoundByCookie ? browser.Give(http.Response) : (Guid?)null;
                var address = await handOff.ToEngineAsync(accepted.Value, accepted.Message, kept, cancellation);
                return request.StoredBinding is null ? new UnloggedRedirect(address, StatusCodes.Status303SeeOther) : new ContinuePage(address);
            case LaunchNeedsBinding<AdmittedLaunch> needs:
                return StoragePage.For(http.Request.PathBase, form("id_token")!, form("state")!, needs);
            case LaunchRefused<AdmittedLaunch> refused:
                if (refused.Refusal == LaunchRefusals.TooMany)
                    RateLimits.SetRetryAfter(http.Response);
                await forged.NoticeAsync(refused.Refusal, refused.RegistrationId, cancellation);
                await notes.UnknownDeploymentAsync(refused.RegistrationId, refused.UnknownDeployment, cancellation);
                return page.For(refused.Refusal, await WayBackAsync(refused, registrations, cancellation));
            default:
                throw new InvalidOperationException("A launch came to no outcome.");
        }
    }

    public static IResult Opened(HttpContext http, RefusalPage page)
    {
        // A token in an address is never taken.
        string? Query(string name) => name != "id_token" && http.Request.Query.TryGetValue(name, out var values) && values.Count == 1 ? values[0] : null;
        var request = LaunchRequest.From(Query, _ => null, _ => null);
        return page.For(LaunchVerifier.RefusalOfAnswer(request) ?? LaunchRefusal.LaunchOpenedDirectly);
    }

    private static async ValueTask<string?> WayBackAsync(LaunchRefused<AdmittedLaunch> refused, RegistrationDirectory registrations, CancellationToken cancellation) =>
        refused.ReturnUrl is { } address
        && int.TryParse(refused.RegistrationId, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && await registrations.GetAsync(number, cancellation) is { } platform
            ? ReturnAddress.Of(address, platform)
            : null;

    private static string? HeaderOf(HttpRequest request, string name) => request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
