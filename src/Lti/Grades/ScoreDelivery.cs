namespace Lti.Grades;

/// <summary>What posting a score led to: delivered, to be tried again, or rejected for good.</summary>
public abstract class ScoreDelivery
{
    private protected ScoreDelivery()
    {
    }
}

/// <summary>The platform has the score.</summary>
public sealed class ScoreDelivered : ScoreDelivery
{
    internal ScoreDelivered()
    {
    }
}

/// <summary>The same request may succeed later.</summary>
public sealed class ScoreRetryLater : ScoreDelivery
{
    internal ScoreRetryLater(string code, int? status, TimeSpan? retryAfter, string? platformReason = null, bool mayHaveArrived = false)
    {
        Code = code;
        Status = status;
        RetryAfter = retryAfter;
        PlatformReason = platformReason;
        MayHaveArrived = mayHaveArrived;
    }

    /// <summary>
    /// Stable code: <c>lti.score_throttled</c>, <c>lti.score_platform_unavailable</c>, <c>lti.score_platform_unreachable</c>,
    /// or the <c>lti.token_…</c> code of an <see cref="Security.AccessTokenDenied"/>.
    /// </summary>
    public string Code { get; }

    /// <summary>The platform's HTTP status, or null when it did not answer.</summary>
    public int? Status { get; }

    /// <summary>The wait that the platform asks for, or null.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>As <see cref="ScoreRejected.PlatformReason"/>.</summary>
    public string? PlatformReason { get; }

    /// <summary>
    /// Whether the platform may have stored the score: it was sent, and the connection ended without an answer. Any answer, also that of
    /// a proxy in between, and a connection that never came about, says that it was not stored.
    /// </summary>
    public bool MayHaveArrived { get; }
}

/// <summary>Trying again is of no use until somebody changes something.</summary>
public sealed class ScoreRejected : ScoreDelivery
{
    internal ScoreRejected(string code, int? status, string? platformReason)
    {
        Code = code;
        Status = status;
        PlatformReason = platformReason;
    }

    /// <summary>
    /// Stable code: <c>lti.score_invalid</c>, <c>lti.score_line_item_invalid</c>, <c>lti.score_scope_not_granted</c>,
    /// <c>lti.score_outdated</c>, <c>lti.score_line_item_gone</c>, <c>lti.score_forbidden</c>, <c>lti.score_unauthorized</c>,
    /// <c>lti.score_redirected</c>, <c>lti.score_rejected</c>, or the <c>lti.token_…</c> code of an <see cref="Security.AccessTokenDenied"/>.
    /// </summary>
    public string Code { get; }

    /// <summary>The platform's HTTP status, or null when nothing was sent.</summary>
    public int? Status { get; }

    /// <summary>
    /// Whether the platform says that what it has was entered later than the score (Canvas, by name), and not only that its own clock
    /// stands at or after the score's time (409, which Moodle answers in whole seconds of its own clock). With <c>lti.score_outdated</c>.
    /// </summary>
    public bool HasNewer => Status is not 409 && Code == "lti.score_outdated";

    /// <summary>
    /// The platform's reason where it is one that this library knows, in the library's words; else null. A platform's free text
    /// may name people and goes no further.
    /// </summary>
    public string? PlatformReason { get; }
}
