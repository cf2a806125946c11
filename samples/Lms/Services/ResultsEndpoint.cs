namespace Samples.Lms.Services;

/// <summary>AGS 2.0, 3.3: what the gradebook shows, to be read by the tool.</summary>
internal static class ResultsEndpoint
{
    public static void Map(WebApplication app) => app.MapGet(
        "/ags/course-1/lineitems/{id}/results",
        (HttpContext http, string id, LmsOptions options, OwnAddress own, LmsCourse course, Gradebook gradebook, AccessTokens tokens) =>
        {
            if (tokens.Refusal(http, Scopes.ResultReadOnly) is { } refusal)
                return refusal;
            if (gradebook.Item(id) is not { } item)
                return Results.NotFound();
            string? user = http.Request.Query["user_id"];
            IEnumerable<object> results =
                from student in course.Students
                where string.IsNullOrEmpty(user) || student.UserId == user
                let score = gradebook.ShownFor(id, student.UserId)
                where score is not null
                select new
                {
                    id = $"{own.Base}/ags/{course.Id}/lineitems/{id}/results/{student.UserId}",
                    scoreOf = LineItemUrls.Of(own, options, course, id),
                    userId = student.UserId,
                    resultScore = score.ScoreGiven * item.ScoreMaximum / score.ScoreMaximum,
                    resultMaximum = item.ScoreMaximum,
                    comment = score.Comment,
                };
            return Results.Json(results, contentType: "application/vnd.ims.lis.v2.resultcontainer+json");
        });
}
