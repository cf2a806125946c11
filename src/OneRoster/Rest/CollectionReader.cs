using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>What a step of reading a collection brought.</summary>
internal enum ReadStep
{
    /// <summary>A record: its rows, none if it is dropped.</summary>
    Record,

    /// <summary>The collection changed while it was read and is read again: what came of it until now is void.</summary>
    Restarted,

    End,
}

/// <summary>Reads one collection page by page, and from its start again when it changes meanwhile.</summary>
internal sealed class CollectionReader(
    RosterCollection collection, PageRequests requests, RecordParser parser, RowBuilder builder, FindingSite findings,
    RestRosterSourceOptions options, RetryingSender sender, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const int LongestRecord = 4 << 20;

    private readonly PageAhead ahead = new(requests);
    private readonly byte[] wrapper = Encoding.UTF8.GetBytes(RestSchema.PathOf(collection));
    private CollectionPass pass = new(collection, findings, options.RememberedIds);
    private LinkTrail trail = new();
    private PageStream? page;
    private NextLink link;
    private long? count;
    private long? missedBefore;
    private int rereads;
    private bool foreignTold;

    private PageLimits Limits => new(LongestRecord, options.LongestSilence, options.LongestPage);

    /// <summary>How many rows there will be, as far as the server tells.</summary>
    public long? Expected => pass.Expected;

    /// <summary>Replaces <paramref name="rows"/> with those of the next record.</summary>
    public async ValueTask<ReadStep> ReadAsync(List<RosterRow> rows, CancellationToken cancellationToken)
    {
        rows.Clear();
        while (true)
        {
            try
            {
                if (page is null)
                    await OpenPageAsync(cancellationToken);
                findings.Offset = pass.Position;
                var verdict = PageVerdict.More;
                if (await page!.ReadAsync(parser, cancellationToken))
                {
                    switch (pass.Take(parser.Fields.Get(RosterField.SourcedId)))
                    {
                        case RowVerdict.Take:
                            builder.Build(rows, parser.Roles);
                            return ReadStep.Record;
                        case RowVerdict.Skip when !pass.IsWholeAgain:
                            continue;
                        case RowVerdict.AskAgain:
                            await ClosePageAsync();
                            continue;
                        case RowVerdict.Moved:
                            verdict = PageVerdict.Moved;
                            break;
                    }
                }

                await ClosePageAsync();
                switch (verdict == PageVerdict.Moved ? verdict : EndPage())
                {
                    case PageVerdict.End:
                        return ReadStep.End;
                    case PageVerdict.Doubtful:
                        await ProveWholeAsync(cancellationToken);
                        return ReadStep.End;
                    case PageVerdict.Moved:
                        Restart(RosterRules.RowsMoved);
                        return ReadStep.Restarted;
                    case PageVerdict.CountChanged:
                        Restart(RosterRules.CountChanged);
                        return ReadStep.Restarted;
                }
            }
            catch (Exception failure) when (failure is IOException or HttpRequestException)
            {
                await ClosePageAsync();
                await RecoverAsync(failure, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ClosePageAsync();
        await ahead.DisposeAsync();
    }

    private async Task OpenPageAsync(CancellationToken cancellationToken)
    {
        pass.BeginPage();
        var response = (pass.Next is null && pass.Failures == 0 ? await ahead.TakeAsync(pass.AskedOffset) : null)
            ?? await requests.GetAsync(pass.Next, pass.AskedOffset, pass.Site, cancellationToken);
        count = response.Headers.TryGetValues("X-Total-Count", out var values)
            && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        link = NextLink.Of(response, pass.Next ?? requests.UrlOf(pass.AskedOffset));
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        page = new PageStream(stream, wrapper, pass.Site, Limits, time);

        // Where the server sends as many rows as it is asked, and says that there are more.
        var next = pass.Offset + requests.Size.Rows;
        if (pass.LastPageWasFull(requests.Size.Rows) && link.Cursor is null && next < count)
            await ahead.AskAsync(next, cancellationToken);
    }

    private async ValueTask ClosePageAsync()
    {
        if (page is not null)
            await page.DisposeAsync();
        page = null;
    }

    private PageVerdict EndPage()
    {
        Log.PageRead(logger, collection, pass.Page, pass.Offset, pass.Received);
        requests.Size.Worked();
        if (link.Foreign && !foreignTold)
        {
            foreignTold = true;
            findings.Offset = null;
            findings.Report(RosterRules.ForeignLink, FindingSeverity.Warning, "Link", "Let Link headers point to the address that was asked.");
        }

        if (link.Cursor is not null && trail.IsCircle(link.Cursor))
            throw pass.Site.Fail(RosterFailures.LinkLoop, "the server's Link headers lead in a circle; its operator should look into its paging");
        return pass.EndPage(count, link);
    }

    /// <summary>Starts from the first page again, or gives up: at once when the last reading missed as many rows of as many.</summary>
    private void Restart(string reason)
    {
        var missed = reason == RosterRules.RowsMoved ? pass.Expected - pass.Kept : null;
        if (missed is not null && missed == missedBefore)
            throw pass.Site.Fail(RosterFailures.RowsMissing, "fewer rows were received than X-Total-Count promised, twice; ask the server's operator which of them is right");
        if (++rereads > options.Rereads)
            throw pass.Site.Fail(RosterFailures.ChangedWhileRead, "the rows changed each time while they were read, or have no fixed order; read the roster when it is quiet");
        findings.Offset = null;
        findings.Report(reason, FindingSeverity.Warning, (string?)null, "Read the roster when it does not change, and send its rows in a fixed order.");
        Log.ReadAgain(logger, collection, rereads);
        missedBefore = missed;
        pass = new CollectionPass(collection, findings, options.RememberedIds);
        trail = new LinkTrail();
    }

    /// <summary>
    /// A server that sent the first rows again has sent all of them if it has none at the next multiple of the limit (then it rounds
    /// offsets down), or if it sends as many when it is asked for one less (then it ignores the limit as well).
    /// </summary>
    private async Task ProveWholeAsync(CancellationToken cancellationToken)
    {
        var (all, limit) = (pass.Received, requests.Size.Rows);
        var beyond = (pass.Offset + limit - 1) / limit * limit;
        if (all < limit && await CountAsync(requests.UrlOf(beyond), 1, cancellationToken) == 0)
            return;
        if (await CountAsync(requests.UrlOf(0, all - 1), all, cancellationToken) < all)
            throw pass.Site.Fail(RosterFailures.OffsetIgnored, "the server sends the first rows again instead of the next ones; its operator should look into its paging");
    }

    /// <summary>How many rows a page has, up to <paramref name="most"/>.</summary>
    private async Task<int> CountAsync(Uri url, int most, CancellationToken cancellationToken)
    {
        var rows = 0;
        using var response = await requests.GetAsync(url, 0, pass.Site, cancellationToken);
        await using var stream = new PageStream(await response.Content.ReadAsStreamAsync(cancellationToken), wrapper, pass.Site, Limits, time);
        while (rows < most && await stream.ReadAsync(parser, cancellationToken))
            rows++;
        return rows;
    }

    private async Task RecoverAsync(Exception failure, CancellationToken cancellationToken)
    {
        pass.LosePage();
        if (pass.Failures >= options.Attempts)
            throw failure is SlowPageException { IsSilent: false }
                ? pass.Site.Fail(RosterFailures.TooSlow, "the server sends too slowly; try again later, or ask its operator")
                : pass.Site.Fail(RosterFailures.ConnectionLost, "the connection breaks in the middle of the page; try again later");
        if (failure is SlowPageException && pass.Next is null)
            requests.Size.Shrink();
        await sender.WaitAsync(pass.Failures, null, pass.Site, null, cancellationToken);
    }
}
