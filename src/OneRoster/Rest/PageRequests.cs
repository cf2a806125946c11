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
    RosterCollection collection, IReadOnlyList<string> fields, RestRosterSourceOptions options, AuthorizedRequests requests, ServerHabits habits,
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
    /// <returns>An answer with status 200; null where there is no such page, or no such collection while there may be others.</returns>
    public async Task<HttpResponseMessage?> GetAsync(Uri? next, long offset, RequestSite site, CancellationToken cancellationToken)
    {
        while (true)
        {
            var response = await requests.GetAsync(() => next ?? UrlOf(offset), site, cancellationToken, next is null ? Size.Shrink : null);
            if (response.StatusCode == HttpStatusCode.OK)
                return response;

            var status = response.StatusCode;
            if (next is null && IsAbsence(status, site))
            {
                response.Dispose();
                if (site.Offset == 0)
                    Miss(Refused(status, site));
                return null;
            }

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
            var attempt = await requests.TryGetAsync(UrlOf(offset), cancellationToken);
            if (attempt.Response is { StatusCode: HttpStatusCode.OK } response && IsJson(response))
                return response;
            attempt.Response?.Dispose();
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

    /// <summary>Reports at the end of the reading that the collection is not there and was read as empty.</summary>
    public void Miss(RosterSourceException failure) => habits.Miss(failure, () =>
    {
        findings.Offset = null;
        findings.Report(RosterRules.CollectionAbsent, FindingSeverity.Warning, (string?)null, "Answer with an empty list where there is nothing, or make the collection available.");
    });

    /// <summary>
    /// 404 is said of a collection without rows, and of a page behind the last one; 416 of the latter. 204 holds as much as an empty list.
    /// </summary>
    private static bool IsAbsence(HttpStatusCode status, RequestSite site) =>
        status is HttpStatusCode.NotFound or HttpStatusCode.NoContent || (status == HttpStatusCode.RequestedRangeNotSatisfiable && site.Offset > 0);

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
        HttpStatusCode.Unauthorized => site.Fail(
            RosterFailures.Unauthorized, "the server refuses the client; check key, secret and kind of authorization, and this machine's clock", 401),
        HttpStatusCode.Forbidden => site.Fail(
            RosterFailures.Forbidden, "the server denies the client this collection; ask its operator for the scope roster-core.readonly", 403),
        HttpStatusCode.NotFound => site.Fail(RosterFailures.UnexpectedStatus, "the server has no such collection at this address; check the base URL and the version", 404),
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity when options.ChangedSince is not null && site.Offset == 0 => site.Fail(
            RosterFailures.FilterRefused, "the server refuses to filter by dateLastModified; pull everything", (int)status),
        _ => site.Fail(RosterFailures.UnexpectedStatus, "the server refuses the request; its operator's log says why", (int)status),
    };

    /// <summary>By its content type, which servers leave out or get wrong.</summary>
    public static bool IsJson(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType is { } type
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
}
