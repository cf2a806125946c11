using Microsoft.AspNetCore.Diagnostics;

namespace Gateway.Hosting;

/// <summary>
/// Headers of every answer, errors included. Pages load nothing from anywhere but the gateway itself, and no code at all (P-1.7) but
/// where a page has set a policy of its own (<see cref="ScriptedPage"/>).
/// Framing is forbidden but where a launch or a registration runs inside the platform's frame (<see cref="Framing"/>).
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, PublicAddress address)
{
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'";
    private const string Unframed = "; frame-ancestors 'none'";

    // RFC 6797 7.2 speaks of what the browser sees. A proxy in front ends TLS; between it and the gateway there is often none.
    private readonly bool isHttps = address.IsHttps;

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment: an error clears what was set before.
        context.Response.OnStarting(static state => ((SecurityHeaders, HttpContext))state switch { var (own, http) => own.Set(http) }, (this, context));
        return next(context);
    }

    private Task Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        // A page that needs a script of the gateway's own has said so itself.
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = Policy;
        if (!MayBeFramed(context))
            headers.ContentSecurityPolicy += Unframed;
        headers.XContentTypeOptions = "nosniff";
        if (!headers.ContainsKey("Referrer-Policy"))
            headers["Referrer-Policy"] = "no-referrer";
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        if (isHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        return Task.CompletedTask;
    }

    // After an error the request has no endpoint any more.
    private static bool MayBeFramed(HttpContext context) =>
        (context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint)?.Metadata.GetMetadata<Framing>() is not null;
}
