namespace Samples.Sis;

/// <summary>Failures to be had for testing. Each "next" counts down by itself; zero is off.</summary>
public sealed class Faults
{
    private readonly Lock _lock = new();
    private string? _dieCollection;
    private int _dieAfterRows;
    private int _dieTimes;
    private int _html;
    private int _tooMany;
    private int _revokeAfter;
    private int _badGateway;
    private int _truncated;
    private RosterChange? _change;
    private int _shuffles;

    /// <summary>Seconds in the Retry-After of a 429.</summary>
    public int RetryAfterSeconds { get; set; } = 1;

    /// <summary>What the server does wrong all the time.</summary>
    public LastingFaults Lasting { get; set; } = new();

    /// <summary>Breaks the connection once that many rows of the collection have left, counted over its pages from now on.</summary>
    public void DieInside(string collection, int afterRows, int times = 1)
    {
        lock (_lock)
            (_dieCollection, _dieAfterRows, _dieTimes) = (collection, afterRows, times);
    }

    /// <summary>Answers the next requests for rows with a page of HTML and status 200.</summary>
    public void AnswerHtml(int next)
    {
        lock (_lock)
            _html = next;
    }

    /// <summary>Answers the next requests for rows with 429.</summary>
    public void AnswerTooManyRequests(int next, int retryAfterSeconds = 1)
    {
        lock (_lock)
            (_tooMany, RetryAfterSeconds) = (next, retryAfterSeconds);
    }

    /// <summary>Answers that many requests for rows, then revokes every token once: the next request gets 401.</summary>
    public void RevokeTokensAfter(int requests)
    {
        lock (_lock)
            _revokeAfter = requests + 1;
    }

    /// <summary>Answers the next requests for rows with 502.</summary>
    public void AnswerBadGateway(int next)
    {
        lock (_lock)
            _badGateway = next;
    }

    /// <summary>Ends the next answers with rows in the middle of the JSON, as if that were all.</summary>
    public void Truncate(int next)
    {
        lock (_lock)
            _truncated = next;
    }

    /// <summary>Changes the roster while the pages of a collection are read.</summary>
    public void Change(RosterChange change)
    {
        lock (_lock)
            _change = change;
    }

    public void Clear()
    {
        lock (_lock)
        {
            (_dieCollection, _dieAfterRows, _dieTimes, _html, _tooMany, _revokeAfter) = (null, 0, 0, 0, 0, 0);
            (_badGateway, _truncated, _change) = (0, 0, null);
        }

        Lasting = new LastingFaults();
    }

    internal bool TakeHtml() => CountDown(ref _html);

    internal int NextShuffle() => Interlocked.Increment(ref _shuffles);

    internal bool TakeBadGateway() => CountDown(ref _badGateway);

    internal bool TakeTruncation() => CountDown(ref _truncated);

    /// <summary>The change that is due after a page of this collection, if any.</summary>
    internal RosterChange? TakeChange(string collection)
    {
        lock (_lock)
        {
            if (_change is null || _change.Collection != collection || _change.Times == 0)
                return null;
            RosterChange due = _change;
            _change = due with { AfterPages = due.AfterPages - 1 };
            if (due.AfterPages > 1)
                return null;
            _change = due with { AfterPages = due.EveryPages, Times = due.Times - 1 };
            return due;
        }
    }

    internal bool TakeTooMany() => CountDown(ref _tooMany);

    internal bool TakeRevocation()
    {
        lock (_lock)
            return _revokeAfter > 0 && --_revokeAfter == 0;
    }

    /// <summary>How many rows of a page of this collection may leave before the connection breaks, or null for all.</summary>
    internal int? RowsBeforeDeath(string collection, int pageRows)
    {
        lock (_lock)
        {
            if (_dieTimes == 0 || collection != _dieCollection)
                return null;
            if (pageRows <= _dieAfterRows && pageRows > 0)
            {
                _dieAfterRows -= pageRows;
                return null;
            }
            _dieTimes--;
            int rows = _dieAfterRows;
            _dieAfterRows = 0;
            return rows;
        }
    }

    private bool CountDown(ref int counter)
    {
        lock (_lock)
        {
            if (counter == 0)
                return false;
            counter--;
            return true;
        }
    }
}
