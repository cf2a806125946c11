using Lti.Grades;

namespace Gateway.Grades;

/// <summary>What a score must be before it is taken; every problem is told, not the first.</summary>
internal static class ScoreRules
{
    private static readonly TimeSpan ClockLeeway = TimeSpan.FromMinutes(5);

    public static Outcome<PendingScore> Check(ScoreSubmission submission, DateTimeOffset now)
    {
        var failures = new List<Failure>();
        if (string.IsNullOrEmpty(submission.ScoreTicket))
            failures.Add(new("score.ticket_missing", "scoreTicket is required: the score_ticket of the id_token."));
        if (submission.ScoreGiven is null or < 0)
            failures.Add(new("score.given_invalid", "scoreGiven is required and 0 or more (AGS 3.4.5)."));
        if (submission.ScoreMaximum is null or <= 0)
            failures.Add(new("score.maximum_invalid", "scoreMaximum is required and above 0 (AGS 3.4.5)."));
        var activity = Parse(submission.ActivityProgress, ActivityProgress.Completed, "score.activity_progress_unknown", "activityProgress", failures);
        var grading = Parse(submission.GradingProgress, GradingProgress.FullyGraded, "score.grading_progress_unknown", "gradingProgress", failures);
        if (submission.Timestamp is { } given && given > now + ClockLeeway)
            failures.Add(new("score.timestamp_in_future", "timestamp lies in the future: check this machine's clock."));
        return failures.Count > 0
            ? Outcome<PendingScore>.Failed(failures)
            : new PendingScore(submission.ScoreTicket!, submission.ScoreGiven!.Value, submission.ScoreMaximum!.Value, activity, grading, Earlier(submission.Timestamp, now));
    }

    // No score comes about after it was sent: a clock that is a little ahead would make it newer than those that follow.
    private static DateTimeOffset Earlier(DateTimeOffset? given, DateTimeOffset now) => given < now ? given.Value.ToUniversalTime() : now.ToUniversalTime();

    private static T Parse<T>(string? text, T byDefault, string code, string field, List<Failure> failures) where T : struct, Enum
    {
        if (text is null)
            return byDefault;
        if (Enum.GetNames<T>().Contains(text, StringComparer.Ordinal))
            return Enum.Parse<T>(text);
        failures.Add(new(code, $"{field} is one of {string.Join(", ", Enum.GetNames<T>())}."));
        return byDefault;
    }
}
