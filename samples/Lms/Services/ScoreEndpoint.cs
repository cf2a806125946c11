namespace Samples.Lms.Services;

/// <summary>AGS 2.0, 3.4: a tool posts a score.</summary>
internal static class ScoreEndpoint
{
    private const string MediaType = "application/vnd.ims.lis.v1.score+json";

    public static void Map(WebApplication app) => app.MapPost("/ags/course-1/lineitems/{id}/scores", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpContext http, string id, LmsOptions options, OwnAddress own, LmsCourse course, Gradebook gradebook, AccessTokens tokens)
    {
        if (tokens.Refusal(http, Scopes.Score) is { } refusal)
            return refusal;
        if (options.ScoreFaults.Take() is { } fault)
            return Fail(http, tokens, fault.Status, fault.RetryAfter);
        if (http.Request.ContentType?.Split(';')[0].Trim() != MediaType)
            return Refuse(415, "the media type must be " + MediaType);
        if (gradebook.Item(id) is null)
            return Refuse(404, "there is no such line item");
        (Score? score, string? problem) = await ScoreRequest.ReadAsync(http);
        if (score is null)
            return Refuse(400, problem!);
        if (course.ByUserId(score.UserId) is not { IsTeacher: false })
            return Refuse(404, "there is no such learner in the course");
        if (gradebook.IsLocked(id, score.UserId))
            return Refuse(500, "the grade is locked");
        if (options.ScoreFaults.DropsRequest())
            return Silence(http);
        if (gradebook.Put(id, score) is { } newer)
            return Outdated(options.GradebookHabit, id, score, newer);
        if (options.ScoreFaults.Answering is { } answering)
            await answering(score);
        if (options.ScoreFaults.LosesAnswer())
            return Silence(http);
        string url = $"{own.Base}/ags/{course.Id}/lineitems/{id}/results/{score.UserId}";
        return Results.Json(new Dictionary<string, string> { ["resultUrl"] = url });
    }

    private static IResult Fail(HttpContext http, AccessTokens tokens, int status, string? retryAfter)
    {
        if (retryAfter is not null)
            http.Response.Headers.RetryAfter = retryAfter;
        if (status == 401)
            tokens.Revoke(http);
        // Canvas throttles with 403 and this text.
        return status == 403
            ? Results.Text("403 Forbidden (Rate Limit Exceeded)", statusCode: 403)
            : Refuse(status, "asked to fail");
    }

    private static IResult Outdated(GradebookHabit habit, string item, Score score, Score newer) => habit switch
    {
        GradebookHabit.Moodle43 => Results.Text($"Refusing score with an earlier timestamp for item {item} and user {score.UserId}", statusCode: 409),
        GradebookHabit.Canvas => Results.Json(
            new
            {
                errors = new { type = "bad_request", message = $"Provided timestamp of {score.Timestamp:O} before last updated timestamp of {newer.Timestamp:O}" },
            },
            statusCode: 400),
        _ => Refuse(409, "a score at least as new is stored already"),
    };

    // The connection ends, and nobody knows what became of the post.
    private static IResult Silence(HttpContext http)
    {
        http.Abort();
        return Results.Empty;
    }

    private static IResult Refuse(int status, string why) =>
        Results.Json(new Dictionary<string, string> { ["error"] = why }, statusCode: status);
}
