using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>What is to be done with a row.</summary>
internal enum RowVerdict
{
    Take,

    /// <summary>It was taken before.</summary>
    Skip,

    /// <summary>This is not the page that was asked: the server knows only offsets that are multiples of the limit. Ask for one.</summary>
    AskAgain,

    /// <summary>The rows are not where they were: read the collection again.</summary>
    Moved,

    /// <summary>The rows from the first one on come again, and there are as many as were counted: this is the end.</summary>
    End,
}

/// <summary>What is to be done after a page.</summary>
internal enum PageVerdict
{
    More,
    End,

    /// <summary>The end, unless the server ignores offsets: it sent known rows only, and no count tells how many there are.</summary>
    Doubtful,

    /// <summary>The rows are not where they were: read the collection again.</summary>
    Moved,

    /// <summary>The count is not what it was: read the collection again.</summary>
    CountChanged,
}

/// <summary>
/// What one reading of a collection, from its first page to its last, has seen. The next offset is the number of rows received, whatever
/// was asked. To tell new ids it remembers those of the last two pages only, so that memory does not grow with the roster; a repetition
/// from further back reaches the host, whose staging tables have the ids anyway.
/// </summary>
/// <remarks>
/// That the roster changes meanwhile shows in the counts. Where a server sends none, each page is asked from the last row of the page
/// before: when that row is not there any more, rows have moved. That costs a row a page and no request. A count that is as large as its
/// page may be the number of all rows or, wrongly, of the page's: then the next page is asked from the last row as well, which is never
/// behind the end, until a count is larger than its page.
/// </remarks>
internal sealed class CollectionPass(RosterCollection collection, FindingSite findings, int rememberedIds, ServerHabits habits)
{
    private const long MostRows = 200_000_000;
    private const int MostPagesWithoutIds = 3;

    private HashSet<SourcedId> before = [];
    private HashSet<SourcedId> current = [];
    private (SourcedId First, SourcedId Last)? edges;
    private SourcedId first;
    private SourcedId last;
    private bool seamless;
    private bool atSeam;
    private int received;
    private int sent;
    private int sentBefore;
    private int seam;
    private bool proving;
    private int fresh;
    private int anonymous;
    private int pagesWithoutIds;
    private long highWater;
    private long repeatsInPage;
    private long? firstCount;
    private long? firstRepeat;
    private bool countsLie;

    /// <summary>The page, counted from 1.</summary>
    public int Page { get; private set; } = 1;

    /// <summary>How often the page was begun and lost.</summary>
    public int Failures { get; private set; }

    /// <summary>The rows received before the page.</summary>
    public long Offset { get; private set; }

    /// <summary>The rows received of the page.</summary>
    public int Received => received;

    /// <summary>The URL that the server gave for the page, where its pages are not found by offsets.</summary>
    public Uri? Next { get; private set; }

    /// <summary>The offset to ask for.</summary>
    public long AskedOffset => IsOverlapping ? Offset - 1 : Offset;

    /// <summary>The position of the row that is read next.</summary>
    public long Position => atSeam ? Offset - 1 : Offset + received;

    /// <summary>How many rows there are, as far as the server can be believed.</summary>
    public long? Expected => countsLie ? null : firstCount;

    /// <summary>The rows that were no repetition.</summary>
    public long Kept { get; private set; }

    public RequestSite Site => new(collection, Page, Offset);

    /// <summary>The first row of all.</summary>
    public SourcedId FirstOfAll { get; private set; }

    /// <summary>Every id that is remembered of the page before has come again and nothing else: the server ignores the offset.</summary>
    public bool IsWholeAgain => received == rememberedIds && fresh + anonymous == 0;

    /// <summary>
    /// Where the next page will begin if this one, which is the first try of its own, is like those before: the last one was full, or the
    /// last two had as many rows as each other. Null where that cannot be told, or there is no next page.
    /// </summary>
    public long? NextIfLikeBefore(int limit, long? count)
    {
        if (Failures > 0 || Next is not null || Page == 1 || proving || (sent != limit && sent != sentBefore))
            return null;
        var next = AskedOffset + sent - (IsOverlapping ? 1 : 0);
        return next <= AskedOffset || (IsCounted && next >= count) ? null : next;
    }

    private bool IsOverlapping => edges is not null && !seamless && !IsCounted && Next is null;

    /// <summary>Whether there is a number of all rows that can be believed.</summary>
    private bool IsCounted => Expected is not null && habits.CountsAreTotals;

    /// <summary>The page was lost and is asked anew, perhaps smaller: some of it was read before.</summary>
    private bool IsCatchingUp => Offset + received < highWater;

    public void BeginPage()
    {
        (received, anonymous, seam) = (0, 0, 0);
        atSeam = IsOverlapping;
        proving = atSeam && Expected is not null;
    }

    public void LosePage()
    {
        Failures++;
        highWater = Math.Max(highWater, Offset + received);
    }

    public RowVerdict Take(ReadOnlySpan<byte> sourcedId)
    {
        var named = SourcedId.TryCreate(sourcedId, out var id);
        if (atSeam)
        {
            atSeam = false;
            seam = 1;
            if (id == edges!.Value.Last)
                return RowVerdict.Skip;
            var again = id == edges.Value.First;
            if (!proving)
            {
                seamless = again;
                return again ? RowVerdict.AskAgain : RowVerdict.Moved;
            }

            // A server that rounds offsets down, ignores them, or has no order: nothing says that there is more.
            if (again)
                return RowVerdict.End;
            if (before.Contains(id))
                return RowVerdict.Skip;
            seam = 0;
        }

        if (Offset + ++received > MostRows)
            throw Site.Fail(RosterFailures.Endless, "the server sends more rows than any roster has; its operator should look into its paging");
        (first, last) = (received == 1 ? id : first, id);
        FirstOfAll = Offset + received == 1 ? id : FirstOfAll;
        if (!named)
        {
            anonymous++;
            return RowVerdict.Take;
        }

        var inPage = current.Count < rememberedIds ? !current.Add(id) : current.Contains(id);
        if (inPage || before.Contains(id))
        {
            Repeated(inPage);
            return RowVerdict.Skip;
        }

        fresh++;
        return RowVerdict.Take;
    }

    /// <summary>Takes stock of the page that was read to its end.</summary>
    public PageVerdict EndPage(long? count, NextLink link)
    {
        if (firstRepeat is not null && fresh > 0)
        {
            findings.Offset = firstRepeat;
            findings.Report(RosterRules.RepeatedRow, FindingSeverity.Warning, (string?)null, "Send each record once: page in a fixed order.");
        }

        (findings.Offset, firstRepeat, Failures) = (null, null, 0);
        if (atSeam && !proving)
            return PageVerdict.Moved;
        habits.CountsAreTotals |= count > received + seam;
        var catchingUp = IsCatchingUp;
        if (fresh + anonymous == 0 && (received == 0 || !catchingUp))
            return End(count, link);

        Kept += fresh + anonymous;
        if (!Compare(count))
            return PageVerdict.CountChanged;
        pagesWithoutIds = fresh == 0 && !catchingUp ? pagesWithoutIds + 1 : 0;
        if (pagesWithoutIds > MostPagesWithoutIds)
            throw Site.Fail(RosterFailures.Endless, "the server sends page after page without ids; its operator should look into it");
        if (link.Cursor is null && (Next is not null || IsAllThatWasCounted(count)))
            return End(null, link);
        Advance(link, catchingUp);
        return PageVerdict.More;
    }

    private void Repeated(bool inPage)
    {
        // Rows of a page that is read again after a lost connection are expected, not a defect.
        if (Failures > 0 || Offset + received <= highWater)
            return;
        firstRepeat ??= findings.Offset;
        if (inPage)
            repeatsInPage++;
    }

    private void Advance(NextLink link, bool catchingUp)
    {
        // A page of one row that began with the last row of the page before would be the same for ever.
        edges = received + (IsOverlapping ? 1 : 0) > 1 && last != default ? (first, last) : null;
        Offset += received;
        (sentBefore, sent) = (sent, received + seam);
        (fresh, Next) = (0, link.Cursor);
        Page++;
        if (catchingUp)
            return;
        (before, current) = (current, before);
        current.Clear();
    }

    private PageVerdict End(long? count, NextLink link)
    {
        if (received > 0 && Next is not null && link.Cursor is not null)
            throw Site.Fail(RosterFailures.LinkLoop, "the server's Link headers lead in a circle; its operator should look into its paging");

        // Some servers count nothing behind the last row.
        if (count > 0 && !Compare(count))
            return PageVerdict.CountChanged;

        // The pages before were different ones, so the server knows offsets: it repeats its last page for those behind the end.
        if (Expected is null && Page > 2)
            return PageVerdict.End;

        // Absence means removal, so a roster with fewer rows than promised must not be taken for the whole. A row that the server sends
        // twice in one page is its own mistake; one that comes again on another page may stand where a missing one should.
        if (Expected is null && received > 1 && Next is null)
            return PageVerdict.Doubtful;
        return Kept + repeatsInPage < Expected ? PageVerdict.Moved : PageVerdict.End;
    }

    /// <summary>Whether as many rows came as were counted. A page of one row with a count of one is the whole.</summary>
    private bool IsAllThatWasCounted(long? count) =>
        count is not null && Expected == count && Kept + repeatsInPage == count && (habits.CountsAreTotals || (Page == 1 && received == 1 && anonymous == 0));

    /// <summary>False when the count has changed.</summary>
    private bool Compare(long? count)
    {
        if (count is null || countsLie)
            return true;
        if (Kept > count)
        {
            // No change of the roster makes a server send rows beyond its own count.
            countsLie = true;
            findings.Report(RosterRules.MoreThanCounted, FindingSeverity.Warning, (string?)null, "Let X-Total-Count be the number of all rows.");
            return true;
        }

        firstCount ??= count;
        return firstCount == count;
    }
}
