using Gateway.Hosting;
using Gateway.Privacy.Pages;
using Microsoft.Net.Http.Headers;

namespace Gateway.Privacy;

/// <summary>The public pages of disclosure (P-4): a page for people, JSON for a caller that prefers it to HTML.</summary>
internal static class DisclosureRoutes
{
    public const string RecordPath = "/privacy/record";
    public const string PoliciesPath = "/privacy/policies";
    public const string ThirdPartiesPath = "/privacy/third-parties";
    public const string UsagePath = "/privacy/usage";

    public static void MapDisclosure(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription().Limited(RateLimits.PublicPages);
        pages.MapGet(RecordPath, async (HttpRequest request, DisclosedPages disclosed, CancellationToken cancellation) =>
        {
            var record = await disclosed.Record.GetAsync(cancellation);
            return WantsJson(request) ? Results.Json(record) : RecordPage.Of(record);
        });
        pages.MapGet(PoliciesPath, async (HttpRequest request, DisclosedPages disclosed, CancellationToken cancellation) =>
        {
            var versions = await disclosed.Policies.GetAsync(cancellation);
            return WantsJson(request) ? Results.Json(versions) : PoliciesPage.Of(versions);
        });
        pages.MapGet(ThirdPartiesPath, async (HttpRequest request, DisclosedPages disclosed, CancellationToken cancellation) =>
        {
            var all = await disclosed.ThirdParties.GetAsync(cancellation);
            return WantsJson(request) ? Results.Json(all) : ThirdPartiesPage.Of(all);
        });
        pages.MapGet(UsagePath, async (HttpRequest request, DisclosedPages disclosed, CancellationToken cancellation) =>
        {
            var report = await disclosed.Usage.GetAsync(cancellation);
            return WantsJson(request) ? Results.Json(report) : UsagePage.Of(report);
        });
    }

    // RFC 9110, 12.5.1: whatever is asked for with the greater weight; a browser names HTML.
    private static bool WantsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && Weight(accepted, "application/json") > Weight(accepted, "text/html");

    private static double Weight(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(media => media.MediaType == type).Select(media => media.Quality ?? 1).DefaultIfEmpty(0).Max();
}
