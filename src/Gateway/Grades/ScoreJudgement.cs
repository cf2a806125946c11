using Lti.Grades;

namespace Gateway.Grades;

/// <summary>What a platform's answer to a score means for the score.</summary>
internal static class ScoreJudgement
{
    /// <summary>
    /// After that long it is sent once more to a platform that called it outdated and cannot have it: a clock that is further ahead lets no
    /// launch in either.
    /// </summary>
    public static readonly TimeSpan ResendAfter = TimeSpan.FromMinutes(2);

    // So often and so long the platform's own error may be a passing one, although other scores go through.
    private const int ErrorsAtLeast = 8;
    private static readonly TimeSpan ErrorsFor = TimeSpan.FromHours(2);

    public static DeliveryOutcome Of(HeldScore held, ScoreDelivery answer, DateTimeOffset now) => answer switch
    {
        ScoreDelivered => DeliveryOutcome.Delivered,
        ScoreRejected { Code: "lti.score_outdated" } outdated => OfOutdated(held, outdated, now) with { Status = outdated.Status, Reason = outdated.PlatformReason },
        // Without a token the score was not even shown to the platform: its settings or ours may be mended before the week is over.
        ScoreRejected { Code: var code } refused when code.StartsWith("lti.token_", StringComparison.Ordinal) =>
            RetryPlan.After(held, code, null, now) with { Status = refused.Status },
        ScoreRejected rejected => DeliveryOutcome.Parked(rejected.Code) with { Status = rejected.Status, Reason = rejected.PlatformReason },
        ScoreRetryLater later => RetryPlan.After(held, later.Code, later.RetryAfter, now) with
        {
            Status = later.Status,
            Reason = later.PlatformReason,
            MayHaveArrived = later.MayHaveArrived,
        },
        _ => throw new InvalidOperationException("A score came to no outcome."),
    };

    /// <summary>
    /// Whether the platform's own error (not that of a proxy: 502 to 504) has come so often that the score is parked, where the platform
    /// takes others: a locked column in Moodle is such.
    /// </summary>
    public static bool IsStubborn(HeldScore held, DeliveryOutcome outcome, DateTimeOffset now) =>
        outcome is { State: ScoreState.Pending, Code: "lti.score_platform_unavailable", Status: 500 or 501 or (>= 505 and <= 511) }
        && held.Attempts >= ErrorsAtLeast && now - held.OfferedAt >= ErrorsFor;

    private static DeliveryOutcome OfOutdated(HeldScore held, ScoreRejected outdated, DateTimeOffset now)
    {
        // An earlier try may have reached the platform before its answer reached us: then it has the score already.
        if (held.MayHaveArrived)
            return DeliveryOutcome.Delivered;
        // What a person entered since stays (Canvas says so by name). A 409 may be the platform's clock alone: once more, with a later time.
        return outdated.HasNewer || held.Resent || now + ResendAfter > held.OfferedAt + RetryPlan.Week
            ? DeliveryOutcome.Parked(outdated.Code)
            : DeliveryOutcome.Later(outdated.Code, now + ResendAfter) with { Resend = true };
    }
}
