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
    RestRosterSourceOptions options, RetryingSender sender, ServerHabits habits, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const int LongestRecord = 4 << 20;

    private readonly PageAhead ahead = new(requests);
    private readonly byte[] wrapper = Encoding.UTF8.GetBytes(RestSchema.PathOf(collection));
    private CollectionPass pass = new(collection, findings, options.RememberedIds, habits);
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
                if (page is not null && await page.ReadAsync(parser, cancellationToken))
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
                        case RowVerdict.End:
                            await ClosePageAsync();
                            return ReadStep.End;
                        case RowVerdict.Moved:
                            verdict = PageVerdict.Moved;
                            break;
                    }
                }

                TakeStock();
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
        (count, link) = (null, default);
        var response = (pass.Next is null && pass.Failures == 0 ? await ahead.TakeAsync(pass.AskedOffset) : null)
            ?? await requests.GetAsync(pass.Next, pass.AskedOffset, pass.Site, cancellationToken);
        if (response is null)
            return;
        count = response.Headers.TryGetValues("X-Total-Count", out var values)
            && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        link = NextLink.Of(response, response.RequestMessage?.RequestUri ?? requests.UrlOf(pass.AskedOffset));
        page = await StreamAsync(response, cancellationToken);
        if (link.Cursor is null && pass.NextIfLikeBefore(requests.Size.Rows, count) is { } next)
            await ahead.AskAsync(next, cancellationToken);
    }

    private async Task<PageStream> StreamAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(await response.Content.ReadAsStreamAsync(cancellationToken), wrapper, pass.Site, Limits, time, PageRequests.IsJson(response));

    /// <summary>Notes whether the server has this collection at all.</summary>
    private void TakeStock()
    {
        if (page is { HoldsNothing: false })
            habits.Answers = true;
        else if (page is not null && pass.Offset == 0)
            requests.Miss(pass.Site.Fail(RosterFailures.WrapperMissing, "the answer has no list under the collection's name; check the base URL and the version"));
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
        pass = new CollectionPass(collection, findings, options.RememberedIds, habits);
        trail = new LinkTrail();
    }

    /// <summary>
    /// A server that sent the first rows again has sent all of them if it sends others from the middle on (then it rounds offsets down to
    /// a multiple of the limit), or as many again when it is asked for half of them (then it ignores the limit as well).
    /// </summary>
    private async Task ProveWholeAsync(CancellationToken cancellationToken)
    {
        var (all, half) = (pass.Received, (pass.Received + 1) / 2);
        using var response = await requests.GetAsync(requests.UrlOf(half, half), 0, pass.Site, cancellationToken);
        if (response is null)
            return;
        await using var stream = await StreamAsync(response, cancellationToken);
        var rows = 0;
        while (rows < all && await stream.ReadAsync(parser, cancellationToken))
            if (rows++ == 0 && (!SourcedId.TryCreate(parser.Fields.Get(RosterField.SourcedId), out var first) || first != pass.FirstOfAll))
                return;
        if (rows < all)
            throw pass.Site.Fail(RosterFailures.OffsetIgnored, "the server sends the first rows again instead of the next ones; its operator should look into its paging");
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
