using Samples.PracticeEngine.Pages;
using Samples.PracticeEngine.SignIn;

namespace Samples.PracticeEngine.Practice;

internal static class PracticePage
{
    public static void Map(WebApplication app) => app.MapGet("/practice", Show);

    private static IResult Show(HttpContext http, LearnerSessions sessions, SubmittedWork work)
    {
        if (sessions.Of(http) is not { } session)
            return Html.Problem(http, 401, "not_signed_in", "Open the practice from your course.");
        if (ReviewPanel.IsReview(session))
        {
            return Html.Page(
                http,
                "Fractions practice",
                $"""
                <h1>Fractions practice</h1>
                {ReviewPanel.Of(session, work)}
                {WayBack.Of(session)}
                {WhoPanel.Of(session)}
                """);
        }
        string graded = session.Launch.GetValueOrDefault("message_type") == "LtiDeepLinkingRequest"
            ? "<p class=\"note\" data-testid=\"choosing\">To use this in your course, add it there as a link: choosing it from here is not possible yet.</p>"
            : session.ScoreTicket is null
            ? "<p class=\"note\" data-testid=\"not-graded\">This is a look at the practice: nothing will be graded.</p>"
            : "<p class=\"note\" data-testid=\"graded\">Your score goes to your course's gradebook.</p>";
        return Html.Page(
            http,
            "Fractions practice",
            $"""
            <h1>Fractions practice</h1>
            {graded}
            <form method="post" action="/practice/answers">
            <input type="hidden" name="attempt" value="{Html.E(session.NextAttempt)}">
            {string.Concat(Questions.All.Select(Fields))}
            <button type="submit" data-testid="send-answers">Send answers</button>
            </form>
            <p><a href="/classes" data-testid="classes-link">Your classes</a></p>
            {WayBack.Of(session)}
            {WhoPanel.Of(session)}
            """);
    }

    private static string Fields(Question question) =>
        $"""
        <fieldset data-testid="{question.Name}"><legend>{Html.E(question.Text)}</legend>
        {string.Concat(question.Values.Select((value, i) =>
            $"<label for=\"{question.Name}-{i + 1}\"><input type=\"radio\" id=\"{question.Name}-{i + 1}\" name=\"{question.Name}\" value=\"{Html.E(value)}\" required> {Html.E(value)}</label>\n"))}
        </fieldset>

        """;
}
