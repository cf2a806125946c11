using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Samples.Lms.Services;

/// <summary>The body of a score post, as it came.</summary>
internal sealed partial record ScoreRequest(
    string? UserId,
    double? ScoreGiven,
    double? ScoreMaximum,
    string? Comment,
    string? ActivityProgress,
    string? GradingProgress,
    string? Timestamp)
{
    private static readonly string[] Activity = ["Initialized", "Started", "InProgress", "Submitted", "Completed"];
    private static readonly string[] Grading = ["FullyGraded", "Pending", "PendingManual", "Failed", "NotReady"];

    public static async Task<(Score? Score, string? Refusal)> ReadAsync(HttpContext http)
    {
        try
        {
            ScoreRequest? body = await JsonSerializer.DeserializeAsync<ScoreRequest>(
                http.Request.Body, JsonSerializerOptions.Web, http.RequestAborted);
            return body is null ? (null, "a score is needed") : body.Check();
        }
        catch (JsonException)
        {
            return (null, "the score is not JSON of the right form");
        }
    }

    private (Score? Score, string? Refusal) Check()
    {
        if (string.IsNullOrEmpty(UserId))
            return (null, "userId is missing");
        if (!Activity.Contains(ActivityProgress))
            return (null, "activityProgress is missing or unknown");
        if (!Grading.Contains(GradingProgress))
            return (null, "gradingProgress is missing or unknown");
        if (ScoreGiven is < 0)
            return (null, "scoreGiven is negative");
        if (ScoreMaximum is not > 0)
            return (null, "scoreMaximum is missing or not positive");
        // RFC 3339 with a zone; AGS asks for sub-second precision, which is welcome but not enforced.
        if (Timestamp is null || !Rfc3339().IsMatch(Timestamp)
            || !DateTimeOffset.TryParse(Timestamp, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset at))
            return (null, "timestamp is missing or not RFC 3339");
        return (new Score(UserId, ScoreGiven, ScoreMaximum, Comment, ActivityProgress!, GradingProgress!, at), null);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")]
    private static partial Regex Rfc3339();
}
