using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>
/// Asks for the pages of one collection: with the allowed fields only and in a fixed order, or with less where the server
/// refuses that; with a token, renewed once when refused.
/// </summary>
internal sealed class PageRequests(
    RosterCollection collection, IReadOnlyList<string> fields, RestRosterSourceOptions options, RetryingSender sender, AccessTokens tokens, FindingSite findings, ILogger logger)
{
    private bool select = true;
    private bool sort = true;

    /// <returns>An answer with status 200 and a JSON content type.</returns>
    public async Task<HttpResponseMessage> GetAsync(RequestSite site, CancellationToken cancellationToken)
    {
        while (true)
        {
            var response = await AuthorizedAsync(site, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
                return CheckContentType(response, site);

            var status = response.StatusCode;
            response.Dispose();
            if (site.Offset > 0 || status is not (HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity) || !Retreat())
                throw status == HttpStatusCode.Forbidden
                    ? site.Fail(RosterFailures.Forbidden, "the server denies the client this collection", 403)
                    : site.Fail(RosterFailures.UnexpectedStatus, "the server refuses the request", (int)status);
        }
    }

    private async Task<HttpResponseMessage> AuthorizedAsync(RequestSite site, CancellationToken cancellationToken)
    {
        for (var renewed = false; ; renewed = true)
        {
            var token = await tokens.GetAsync(cancellationToken);
            var response = await sender.SendAsync(() => Create(site.Offset ?? 0, token), site, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Unauthorized)
                return response;
            response.Dispose();
            tokens.Discard();
            if (renewed)
                throw site.Fail(RosterFailures.Unauthorized, "the server refuses a fresh access token", 401);
            Log.TokenRenewed(logger);
        }
    }

    private HttpRequestMessage Create(long offset, string token)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"limit={options.PageSize}&offset={offset}");
        if (sort)
            query += "&sort=sourcedId&orderBy=asc";
        if (select)
            query += "&fields=" + string.Join(",", fields);
        var url = new Uri(BaseOf(options), RestSchema.PathOf(collection) + "?" + query);
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private static Uri BaseOf(RestRosterSourceOptions options)
    {
        if (options.BaseUrl.AbsolutePath == "/")
            return new Uri(options.BaseUrl, RestSchema.StandardPath(options.Version));
        return options.BaseUrl.AbsolutePath.EndsWith('/') ? options.BaseUrl : new Uri(options.BaseUrl.GetLeftPart(UriPartial.Path) + "/");
    }

    /// <summary>Asks for less from here on: whole records first, then any order. False when nothing is left to give up.</summary>
    private bool Retreat()
    {
        if (!select && !sort)
            return false;
        var parameter = select ? "fields" : "sort";
        (select, sort) = select ? (false, sort) : (false, false);
        findings.Report(RosterRules.SelectionRefused, FindingSeverity.Warning, parameter, "Support the query parameter, so that no more is sent than is read.");
        Log.SelectionRefused(logger, collection, parameter);
        return true;
    }

    private static HttpResponseMessage CheckContentType(HttpResponseMessage response, RequestSite site)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is not null && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)))
            return response;
        response.Dispose();
        throw site.Fail(RosterFailures.WrongContentType, "the answer is not JSON by its content type");
    }
}
