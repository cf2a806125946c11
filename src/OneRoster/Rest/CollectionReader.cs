using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>
/// Reads one collection page by page. The next offset is the number of rows received, whatever was asked, and the end is a
/// page without a row or without a new id: servers clamp limits, repeat rows and ignore offsets. To tell new ids it remembers
/// those of the last two pages only, so that memory does not grow with the roster; a repetition from further back reaches the
/// host, whose staging tables have the ids anyway.
/// </summary>
internal sealed class CollectionReader(
    RosterCollection collection, PageRequests requests, RecordParser parser, RowBuilder builder, FindingSite findings,
    RestRosterSourceOptions options, RetryingSender sender, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const int LongestRecord = 4 << 20;
    private const long MostRows = 200_000_000;
    private const int MostPagesWithoutIds = 3;

    private readonly byte[] wrapper = Encoding.UTF8.GetBytes(RestSchema.PathOf(collection));
    private HashSet<SourcedId> before = [];
    private HashSet<SourcedId> current = [];
    private PageStream? page;
    private int number;
    private int failures;
    private int received;
    private int fresh;
    private int anonymous;
    private int pagesWithoutIds;
    private long offset;
    private long kept;
    private long? pageCount;
    private long? firstCount;
    private long? lastCount;
    private long? firstRepeat;
    private bool ended;

    /// <summary>Every id that is remembered of the page before has come again and nothing else: the server ignores the offset.</summary>
    private bool IsWholeAgain => received == options.RememberedIds && fresh + anonymous == 0;

    private RequestSite Site => new(collection, number, offset);

    /// <summary>Replaces <paramref name="rows"/> with those of the next record (none if it is dropped).</summary>
    /// <returns>False at the end of the collection.</returns>
    public async ValueTask<bool> ReadAsync(List<RosterRow> rows, CancellationToken cancellationToken)
    {
        rows.Clear();
        while (!ended)
        {
            try
            {
                if (page is null)
                    await OpenPageAsync(cancellationToken);
                findings.Offset = offset + received;
                if (await page!.ReadAsync(parser, cancellationToken))
                {
                    Take(rows);
                    if (!IsWholeAgain)
                        return true;
                }

                await ClosePageAsync();
                ended = !Next();
            }
            catch (Exception failure) when (failure is IOException or HttpRequestException)
            {
                await ClosePageAsync();
                if (++failures >= options.Attempts)
                    throw Site.Fail(RosterFailures.ConnectionLost, "the connection breaks in the middle of the page");
                await sender.WaitAsync(failures, null, Site, null, cancellationToken);
            }
        }

        return false;
    }

    public ValueTask DisposeAsync() => ClosePageAsync();

    private async Task OpenPageAsync(CancellationToken cancellationToken)
    {
        if (failures == 0)
            number++;
        (received, anonymous, pageCount) = (0, 0, null);
        var response = await requests.GetAsync(Site, cancellationToken);
        if (response.Headers.TryGetValues("X-Total-Count", out var values)
            && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            pageCount = count;
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        page = new PageStream(stream, wrapper, Site, options.LongestSilence, time, LongestRecord);
    }

    private async ValueTask ClosePageAsync()
    {
        if (page is not null)
            await page.DisposeAsync();
        page = null;
    }

    /// <summary>Builds the rows of the parsed record, unless its id was seen before.</summary>
    private void Take(List<RosterRow> rows)
    {
        if (offset + ++received > MostRows)
            throw Site.Fail(RosterFailures.Endless, "the server sends more rows than any roster has");
        if (!SourcedId.TryCreate(parser.Fields.Get(RosterField.SourcedId), out var id))
        {
            anonymous++;
        }
        else if (before.Contains(id) || current.Contains(id))
        {
            // Rows of a page that is read again after a lost connection are expected, not a defect.
            if (failures == 0)
                firstRepeat ??= findings.Offset;
            return;
        }
        else
        {
            fresh++;
            if (current.Count < options.RememberedIds)
                current.Add(id);
        }

        builder.Build(rows, parser.Roles);
    }

    /// <summary>Takes stock of the page that was read to its end.</summary>
    /// <returns>Whether to ask for another one.</returns>
    private bool Next()
    {
        if (firstRepeat is not null && fresh > 0)
        {
            findings.Offset = firstRepeat;
            findings.Report(RosterRules.RepeatedRow, FindingSeverity.Warning, (string?)null, "Send each record once: page in a fixed order.");
        }

        (findings.Offset, firstRepeat, failures) = (null, null, 0);
        Log.PageRead(logger, collection, number, offset, received);
        if (received == 0 || fresh + anonymous == 0)
        {
            CompareCount();
            return false;
        }

        pagesWithoutIds = fresh == 0 ? pagesWithoutIds + 1 : 0;
        if (pagesWithoutIds > MostPagesWithoutIds)
            throw Site.Fail(RosterFailures.Endless, "the server sends page after page without ids");
        firstCount ??= pageCount;
        lastCount = pageCount ?? lastCount;
        offset += received;
        kept += fresh + anonymous;
        fresh = 0;
        (before, current) = (current, before);
        current.Clear();
        return true;
    }

    /// <summary>Absence means removal, so a roster with fewer rows than promised must not be taken for the whole.</summary>
    private void CompareCount()
    {
        if (lastCount is not { } count)
            return;
        if (kept < count)
            throw Site.Fail(RosterFailures.RowsMissing, "fewer rows were received than X-Total-Count promised");
        if (kept > count)
            findings.Report(RosterRules.MoreThanCounted, FindingSeverity.Warning, (string?)null, "Let X-Total-Count be the number of all rows.");
        if (firstCount != count)
            findings.Report(RosterRules.CountChanged, FindingSeverity.Warning, (string?)null, "Read the roster when it does not change.");
    }
}
