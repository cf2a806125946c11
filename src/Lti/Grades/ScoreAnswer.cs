using System.Net;
using Lti.Security;

namespace Lti.Grades;

/// <summary>What a platform's answer to a score means.</summary>
internal static class ScoreAnswer
{
    /// <param name="answer">The answer; null when there was none.</param>
    /// <param name="wasSent">Whether the score had gone out by then.</param>
    public static ScoreDelivery Of(LtiHttpAnswer? answer, bool wasSent)
    {
        if (answer is null) return new ScoreRetryLater("lti.score_platform_unreachable", null, null, mayHaveArrived: wasSent);
        if (answer.IsSuccess) return new ScoreDelivered();
        var status = (int)answer.Status;
        var reason = PlatformReason.Find(answer.Body.Span);
        // Canvas throttles with 403 and these words in the body.
        if (answer.Status == HttpStatusCode.TooManyRequests || (answer.Status == HttpStatusCode.Forbidden && reason == PlatformReason.Throttled))
            return new ScoreRetryLater("lti.score_throttled", status, answer.RetryAfter, reason);
        if (answer.IsPassing) return new ScoreRetryLater("lti.score_platform_unavailable", status, answer.RetryAfter, reason);
        return new ScoreRejected(Code(answer, reason), status, reason);
    }

    public static ScoreDelivery OfDenied(AccessTokenDenied denied) => denied.MayPass
        ? new ScoreRetryLater(denied.Code, denied.Status, denied.RetryAfter)
        : new ScoreRejected(denied.Code, denied.Status, null);

    private static string Code(LtiHttpAnswer answer, string? reason) => answer.Status switch
    {
        // AGS 3.4.6: the platform has a score that is as new; Moodle answers 409, Canvas 400.
        HttpStatusCode.Conflict => "lti.score_outdated",
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity when reason == PlatformReason.Outdated => "lti.score_outdated",
        HttpStatusCode.Unauthorized => "lti.score_unauthorized",
        HttpStatusCode.Forbidden => "lti.score_forbidden",
        HttpStatusCode.NotFound or HttpStatusCode.Gone => "lti.score_line_item_gone",
        _ when answer.IsRedirect => "lti.score_redirected",
        _ => "lti.score_rejected",
    };
}
