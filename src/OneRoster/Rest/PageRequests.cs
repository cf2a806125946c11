using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>
/// Asks for the pages of one collection: with the allowed fields only, in a fixed order and of the given size, or with less where the
/// server refuses that; authorized, and once more when that is refused.
/// </summary>
internal sealed class PageRequests(
    RosterCollection collection, IReadOnlyList<string> fields, RestRosterSourceOptions options, RetryingSender sender, IRequestAuthorization authorization,
    FindingSite findings, ILogger logger)
{
    private bool select = true;
    private bool sort = true;
    private bool sizeExonerated;

    public PageSize Size { get; } = new(options.PageSize, collection, findings, logger);

    /// <param name="next">The URL that the server gave for the page; null for the one at <paramref name="offset"/>.</param>
    /// <param name="offset">How many rows to skip.</param>
    /// <param name="site">The page.</param>
    /// <param name="cancellationToken">Stops the waiting too.</param>
    /// <returns>An answer with status 200 and a JSON content type.</returns>
    public async Task<HttpResponseMessage> GetAsync(Uri? next, long offset, RequestSite site, CancellationToken cancellationToken)
    {
        while (true)
        {
            var response = await AuthorizedAsync(next, offset, site, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
                return CheckContentType(response, site);

            var status = response.StatusCode;
            ServerComplaint complaint;
            using (response)
                complaint = await ServerComplaint.ReadAsync(response, cancellationToken);
            if (next is not null || !AskForLess(status, complaint, site))
                throw Refused(status, site);
        }
    }

    /// <summary>Asks once, for a page whose turn has not come: no retry, no renewal, nothing given up, nobody told.</summary>
    /// <returns>An answer with status 200 and a JSON content type, or null.</returns>
    public async Task<HttpResponseMessage?> TryGetAsync(long offset, CancellationToken cancellationToken)
    {
        try
        {
            var response = await sender.SendOnceAsync(token => CreateAsync(UrlOf(offset), token), cancellationToken);
            if (response is { StatusCode: HttpStatusCode.OK } && IsJson(response))
                return response;
            response?.Dispose();
            return null;
        }
        catch (Exception failure) when (failure is OperationCanceledException or RosterSourceException)
        {
            return null;
        }
    }

    /// <summary>The URL of the page at an offset.</summary>
    public Uri UrlOf(long offset) => UrlOf(offset, Size.Rows);

    public Uri UrlOf(long offset, int limit)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"limit={limit}&offset={offset}");
        if (sort)
            query += "&sort=sourcedId&orderBy=asc";
        if (options.ChangedSince is { } since)
            query += "&filter=" + Uri.EscapeDataString(string.Create(CultureInfo.InvariantCulture, $"dateLastModified>='{since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}'"));
        if (select)
            query += "&fields=" + string.Join(",", fields);
        return new Uri(BaseOf(options), RestSchema.PathOf(collection) + "?" + query);
    }

    private async Task<HttpResponseMessage> AuthorizedAsync(Uri? next, long offset, RequestSite site, CancellationToken cancellationToken)
    {
        for (var renewed = false; ; renewed = true)
        {
            var response = await sender.SendAsync(token => CreateAsync(next ?? UrlOf(offset), token), site, cancellationToken, next is null ? Size.Shrink : null);
            if (response.StatusCode != HttpStatusCode.Unauthorized)
                return response;
            response.Dispose();
            if (!authorization.Renew() || renewed)
                throw site.Fail(RosterFailures.Unauthorized, "the server refuses the client; check key, secret and kind of authorization, and this machine's clock", 401);
            Log.TokenRenewed(logger);
        }
    }

    private async ValueTask<HttpRequestMessage> CreateAsync(Uri url, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        await authorization.AuthorizeAsync(request, cancellationToken);
        return request;
    }

    private static Uri BaseOf(RestRosterSourceOptions options)
    {
        if (options.BaseUrl.AbsolutePath == "/")
            return new Uri(options.BaseUrl, RestSchema.StandardPath(options.Version));
        return options.BaseUrl.AbsolutePath.EndsWith('/') ? options.BaseUrl : new Uri(options.BaseUrl.GetLeftPart(UriPartial.Path) + "/");
    }

    /// <summary>
    /// Asks for less from here on. Where the server does not say what it minds: 422 tries smaller pages, then whole records, then any
    /// order; 400 in the order whole records, any order, smaller pages. False when nothing is left to give up.
    /// </summary>
    private bool AskForLess(HttpStatusCode status, ServerComplaint complaint, RequestSite site)
    {
        if (status == HttpStatusCode.RequestEntityTooLarge)
            return Size.Shrink();
        if (status is not (HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity))
            return false;
        if (site.Offset > 0)
            return Size.Shrink();

        if (complaint.Word == ServerComplaint.Filter && options.ChangedSince is not null)
            return false;
        if (complaint.Word == ServerComplaint.Selection && select)
            return Retreat("fields");
        if (complaint.Word == ServerComplaint.Sort && sort)
            return Retreat("sort");
        var sizeFirst = complaint.Word == ServerComplaint.Limit || (status == HttpStatusCode.UnprocessableEntity && complaint.Word is null);
        if (sizeFirst && !sizeExonerated)
        {
            if (Size.Shrink())
                return true;
            sizeExonerated = true;
            Size.Restore();
        }

        return select ? Retreat("fields") : sort ? Retreat("sort") : !sizeExonerated && Size.Shrink();
    }

    private bool Retreat(string parameter)
    {
        (select, sort) = parameter == "fields" ? (false, sort) : (select, false);
        findings.Report(RosterRules.SelectionRefused, FindingSeverity.Warning, parameter, "Support the query parameter, so that no more is sent than is read.");
        Log.SelectionRefused(logger, collection, parameter);
        return true;
    }

    private RosterSourceException Refused(HttpStatusCode status, RequestSite site) => status switch
    {
        HttpStatusCode.Forbidden => site.Fail(
            RosterFailures.Forbidden, "the server denies the client this collection; ask its operator for the scope roster-core.readonly", 403),
        HttpStatusCode.NotFound => site.Fail(RosterFailures.UnexpectedStatus, "the server has no such collection at this address; check the base URL and the version", 404),
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity when options.ChangedSince is not null && site.Offset == 0 => site.Fail(
            RosterFailures.FilterRefused, "the server refuses to filter by dateLastModified; pull everything", (int)status),
        _ when ServerComplaint.IsRedirect(status) => ServerComplaint.Redirected(site, status),
        _ => site.Fail(RosterFailures.UnexpectedStatus, "the server refuses the request; its operator's log says why", (int)status),
    };

    private static HttpResponseMessage CheckContentType(HttpResponseMessage response, RequestSite site)
    {
        if (IsJson(response))
            return response;
        response.Dispose();
        throw site.Fail(RosterFailures.WrongContentType, "the answer is not JSON by its content type (a page of a maintenance or a sign-in?); check the base URL, or try again later");
    }

    private static bool IsJson(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType is { } type
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
}
