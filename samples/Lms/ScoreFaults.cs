namespace Samples.Lms;

/// <summary>Makes the next score posts fail.</summary>
public sealed class ScoreFaults
{
    private readonly Lock _lock = new();
    private int _next;
    private int _status;
    private int? _retryAfterSeconds;

    /// <summary>
    /// The next posts are answered with this status: 403 is a rate limit the way Canvas words it, 401 also revokes the token that came.
    /// </summary>
    public void FailNext(int posts, int status, int? retryAfterSeconds = null)
    {
        lock (_lock)
            (_next, _status, _retryAfterSeconds) = (posts, status, retryAfterSeconds);
    }

    internal (int Status, int? RetryAfterSeconds)? Take()
    {
        lock (_lock)
        {
            if (_next == 0)
                return null;
            _next--;
            return (_status, _retryAfterSeconds);
        }
    }
}
