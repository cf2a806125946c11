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

        string? binding = null;
        var request = new LaunchRequest
        {
            IdToken = form("id_token").AsMemory(),
            State = form("state"),
            Error = form("error"),
            ReadBinding = name => http.Request.Cookies[binding = name],
        };
        var outcome = await verifier.VerifyAsync(request, admission, cancellation);
        if (binding is not null)
            http.Response.Cookies.Append(binding, "", LaunchCookie.Options(TimeSpan.Zero));

        switch (outcome)
        {
            case LaunchAccepted<AdmittedLaunch> accepted:
                return new UnloggedRedirect(await handOff.ToEngineAsync(accepted.Value, accepted.Message, cancellation), StatusCodes.Status303SeeOther);
            case LaunchRefused<AdmittedLaunch> refused:
                return page.For(refused.Refusal);
            default:
                throw new InvalidOperationException("A launch came to no outcome.");
        }
    }
}
