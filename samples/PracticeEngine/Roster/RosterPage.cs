using Samples.PracticeEngine.Pages;
using Samples.PracticeEngine.SignIn;

namespace Samples.PracticeEngine.Roster;

/// <summary>The classes of whoever is signed in, as the engine knows them from the roster.</summary>
internal static class RosterPage
{
    public static void Map(WebApplication app) => app.MapGet("/classes", Show);

    private static IResult Show(HttpContext http, LearnerSessions sessions, RosterCopies copies)
    {
        if (sessions.Of(http) is not { } session)
            return Html.Problem(http, 401, "not_signed_in", "Open the practice from your course.");
        DistrictCopy? copy = copies.Of(session.District);
        var mine = copy?.Memberships.GetValueOrDefault(session.LearnerId) ?? [];
        string rows = string.Concat(mine.Select(m =>
            $"<tr><td>{Html.E(copy!.Classes.GetValueOrDefault(m.Class!)?.Title ?? m.Class)}</td><td>{Html.E(m.Role)}</td><td>{copy.Memberships.Values.Count(of => of.Any(other => other.Class == m.Class && other.Role == "student"))}</td></tr>\n"));
        return Html.Page(
            http,
            "Your classes",
            $"""
            <h1>Your classes</h1>
            <table data-testid="classes"><thead><tr><th scope="col">Class</th><th scope="col">You are</th><th scope="col">Students</th></tr></thead><tbody>
            {rows}</tbody></table>
            <p><a href="/practice">Back to the practice</a></p>
            """);
    }
}
