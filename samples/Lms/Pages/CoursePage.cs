using Samples.Lms.Services;

namespace Samples.Lms.Pages;

internal static class CoursePage
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/course", Show);
        app.MapGet("/frame/{link}", ShowFrame);
    }

    private static IResult Show(HttpContext http, LmsOptions options, LmsCourse course, Gradebook gradebook, Sessions sessions)
    {
        if (sessions.Of(http) is not { } person)
            return Results.Redirect("/signin");
        string link = options.OpenInFrame
            ? $"href=\"/frame/{course.LinkId}\""
            : $"href=\"/launch/{course.LinkId}\" target=\"_blank\" aria-describedby=\"new-tab\"";
        string below = person.IsTeacher
            ? "<h2>Grades</h2><p><a href=\"/gradebook\" data-testid=\"gradebook-link\">Open the gradebook</a></p>"
            : $"<h2>Your grade</h2><p data-testid=\"own-score\">{OwnScore(course, gradebook, person)}</p>";
        return Html.Page(
            http,
            course.Class.Title,
            $"""
            <h1 data-testid="course-title">{Html.E(course.Class.Title)}</h1>
            <p class="soft">Taught by {Html.E(course.Teacher.Name)}, {course.Students.Count} students</p>
            <h2>This week</h2>
            <div class="activity">
            <div><p><strong>{Html.E(course.LinkTitle)}</strong></p><p class="soft" id="new-tab">{(options.OpenInFrame ? "Opens on this site" : "Opens in a new tab")}</p></div>
            <a class="button" {link} data-testid="resource-link">Open {Html.E(course.LinkTitle)}</a>
            </div>
            {below}
            """,
            person);
    }

    private static string OwnScore(LmsCourse course, Gradebook gradebook, LmsPerson person) =>
        gradebook.ShownFor(Gradebook.FractionsId, person.UserId) is { } score
            ? $"{Html.E(course.LinkTitle)}: {GradebookPage.Points(score)}"
            : "Nothing has been graded yet.";

    private static IResult ShowFrame(HttpContext http, string link, LmsOptions options, OwnAddress own, LmsCourse course, Sessions sessions)
    {
        if (sessions.Of(http) is not { } person)
            return Results.Redirect("/signin");
        if (link != course.LinkId)
            return Results.NotFound();
        return Html.Page(
            http,
            course.LinkTitle,
            $"""
            <h1>{Html.E(course.LinkTitle)}</h1>
            <p><a href="/course">Back to {Html.E(course.Class.Title)}</a></p>
            {StoragePages.Beside(options, own)}
            <iframe name="tool" {(options.PlatformStorage == PlatformStorage.NamedFrame ? "data-" : "")}src="/launch/{course.LinkId}" title="{Html.E(course.LinkTitle)}" data-testid="tool-frame"></iframe>
            """,
            person,
            width: "wide");
    }
}
