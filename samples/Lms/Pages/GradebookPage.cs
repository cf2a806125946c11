using System.Globalization;
using Samples.Lms.Services;

namespace Samples.Lms.Pages;

internal static class GradebookPage
{
    public static void Map(WebApplication app) => app.MapGet("/gradebook", Show);

    public static string Points(Score score) => string.Create(
        CultureInfo.InvariantCulture, $"{score.ScoreGiven:0.##} / {score.ScoreMaximum:0.##}");

    private static IResult Show(HttpContext http, LmsCourse course, Gradebook gradebook, Sessions sessions)
    {
        if (sessions.Of(http) is not { } person)
            return Results.Redirect("/signin");
        if (!person.IsTeacher)
            return Html.Page(http, "Gradebook", "<h1>Gradebook</h1><p>Only the teacher sees the gradebook.</p>", person, 403);
        return Html.Page(
            http,
            "Gradebook",
            $"""
            <h1>Gradebook</h1>
            <p><a href="/course">Back to {Html.E(course.Class.Title)}</a></p>
            {string.Concat(gradebook.Items.Select(item => Table(course, gradebook, item)))}
            """,
            person);
    }

    private static string Table(LmsCourse course, Gradebook gradebook, LineItem item)
    {
        string rows = string.Concat(course.Students.Select(student => Row(student, gradebook.ShownFor(item.Id!, student.UserId))));
        return $"""
            <h2 id="item-{Html.E(item.Id)}">{Html.E(item.Label)}</h2>
            <table data-testid="gradebook" data-item="{Html.E(item.Id)}" aria-labelledby="item-{Html.E(item.Id)}">
            <thead><tr><th scope="col">Student</th><th scope="col">Score</th><th scope="col">Comment</th><th scope="col">Time</th></tr></thead>
            <tbody>
            {rows}</tbody>
            </table>
            """;
    }

    private static string Row(LmsPerson student, Score? score)
    {
        string points = score is null ? "–" : Points(score);
        string time = score is null ? "" : score.Timestamp.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return $"""
            <tr data-testid="grade-row" data-login="{student.Login}"><th scope="row">{Html.E(student.Name)}</th><td class="number" data-testid="score">{points}</td><td data-testid="comment">{Html.E(score?.Comment)}</td><td data-testid="time">{time}</td></tr>

            """;
    }
}
