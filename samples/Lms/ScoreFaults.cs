using System.Globalization;
using Samples.Lms.Services;

namespace Samples.Lms;

/// <summary>Makes the next score posts fail, or their answers get lost.</summary>
public sealed class ScoreFaults
{
    private readonly Lock _lock = new();
    private int _next;
    private int _status;
    private string? _retryAfter;
    private int _lost;
    private int _dropped;

    /// <summary>What is waited for between taking a score and answering.</summary>
    public Func<Score, Task>? Answering { get; set; }

    /// <summary>
    /// The next posts are answered with this status: 403 is a rate limit the way Canvas words it, 401 also revokes the token that came.
    /// </summary>
    public void FailNext(int posts, int status, int? retryAfterSeconds = null) =>
        FailNext(posts, status, retryAfterSeconds?.ToString(CultureInfo.InvariantCulture));

    /// <summary>The same with whatever stands in the header Retry-After.</summary>
    public void FailNext(int posts, int status, string? retryAfter)
    {
        lock (_lock)
            (_next, _status, _retryAfter) = (posts, status, retryAfter);
    }

    /// <summary>The next posts are taken, and the connection ends without an answer.</summary>
    public void LoseAnswers(int posts)
    {
        lock (_lock)
            _lost = posts;
    }

    /// <summary>The next posts are not taken, and the connection ends without an answer.</summary>
    public void DropRequests(int posts)
    {
        lock (_lock)
            _dropped = posts;
    }

    internal bool LosesAnswer()
    {
        lock (_lock)
            return _lost > 0 && _lost-- > 0;
    }

    internal bool DropsRequest()
    {
        lock (_lock)
            return _dropped > 0 && _dropped-- > 0;
    }

    internal (int Status, string? RetryAfter)? Take()
    {
        lock (_lock)
        {
            if (_next == 0)
                return null;
            _next--;
            return (_status, _retryAfter);
        }
    }
}
