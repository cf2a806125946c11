using Gateway.Privacy.Pages;
using Microsoft.Net.Http.Headers;

namespace Gateway.Privacy;

/// <summary>The public pages of disclosure (P-4): a page for people, JSON for whoever accepts that rather than HTML.</summary>
internal static class DisclosureRoutes
{
    public const string RecordPath = "/privacy/record";
    public const string PoliciesPath = "/privacy/policies";
    public const string ThirdPartiesPath = "/privacy/third-parties";
    public const string UsagePath = "/privacy/usage";

    public static void MapDisclosure(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.MapGet(RecordPath, (HttpRequest request, PrivacyPolicy policy) =>
        {
            var record = ProcessingRecord.Of(policy);
            return WantsJson(request) ? Results.Json(record) : RecordPage.Of(record);
        });
        pages.MapGet(PoliciesPath, (HttpRequest request, PrivacyPolicy policy) =>
        {
            List<PublishedPolicy> versions = [.. policy.Versions.Reverse().Select(version => new PublishedPolicy(
                version.Number, version.Updated, version.Summary, policy.FieldsOf(version.Number)))];
            return WantsJson(request) ? Results.Json(versions) : PoliciesPage.Of(versions);
        });
        pages.MapGet(ThirdPartiesPath, async (HttpRequest request, ListThirdParties parties, CancellationToken cancellation) =>
        {
            var all = await parties.RunAsync(cancellation);
            return WantsJson(request) ? Results.Json(all) : ThirdPartiesPage.Of(all);
        });
        pages.MapGet(UsagePath, async (HttpRequest request, ReportUsage usage, CancellationToken cancellation) =>
        {
            var report = await usage.OfGatewayAsync(cancellation);
            return WantsJson(request) ? Results.Json(report) : UsagePage.Of(report);
        });
    }

    // RFC 9110, 12.5.1: whatever is asked for with the greater weight; a browser names HTML.
    private static bool WantsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && Weight(accepted, "application/json") > Weight(accepted, "text/html");

    private static double Weight(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(media => media.MediaType == type).Select(media => media.Quality ?? 1).DefaultIfEmpty(0).Max();
}
