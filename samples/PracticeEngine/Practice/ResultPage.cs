using Samples.PracticeEngine.Pages;
using Samples.PracticeEngine.Scores;
using Samples.PracticeEngine.SignIn;

namespace Samples.PracticeEngine.Practice;

internal static class ResultPage
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/practice/result", ShowAsync);
        app.MapGet("/practice/score-state", StateAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, LearnerSessions sessions, ScoreClient scores)
    {
        if (sessions.Of(http) is not { } session)
            return Html.Problem(http, 401, "not_signed_in", "Open the practice from your course.");
        if (await RefreshAsync(session, scores, http.RequestAborted) is not { } attempt)
            return Results.Redirect("/practice");
        string again = attempt.State == "not_sent"
            ? $"""
              <form method="post" action="/practice/send-again"><input type="hidden" name="attempt" value="{Html.E(attempt.Key)}">
              <button type="submit" data-testid="send-again">Send the score again</button></form>
              """
            : "";
        return Html.Page(
            http,
            "Your result",
            $"""
            <h1>Your result</h1>
            <p class="score"><span data-testid="score">{attempt.Given} of {attempt.Maximum}</span> right</p>
            <p class="note" role="status" id="delivery" data-testid="delivery" data-state="{Html.E(attempt.State)}">{Html.E(Words(attempt.State))}</p>
            {again}
            <p><a href="/practice" data-testid="practice-again">Practise again</a></p>
            {WayBack.Of(session)}
            {WhoPanel.Of(session)}
            <script src="/result.js"></script>
            """);
    }

    private static async Task<IResult> StateAsync(HttpContext http, LearnerSessions sessions, ScoreClient scores)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (sessions.Of(http) is not { } session || await RefreshAsync(session, scores, http.RequestAborted) is not { } attempt)
            return Results.NotFound();
        return Results.Json(new { state = attempt.State, words = Words(attempt.State) });
    }

    private static async Task<Attempt?> RefreshAsync(LearnerSession session, ScoreClient scores, CancellationToken cancel)
    {
        if (session.LastAttempt is not { ScoreId: { } id, State: not "delivered" } attempt)
            return session.LastAttempt;
        ScoreAnswer answer = await scores.StateAsync(id, cancel);
        if (answer.State is null)
            return attempt;
        Attempt refreshed = attempt with { State = answer.State };
        // Another attempt may have been made meanwhile, in another tab.
        if (ReferenceEquals(session.LastAttempt, attempt))
            session.LastAttempt = refreshed;
        return refreshed;
    }

    private static string Words(string state) => state switch
    {
        "not_graded" => "Nothing is graded here.",
        "not_sent" => "The score could not be handed over yet.",
        "pending" => "On its way to your gradebook…",
        "delivered" => "In your gradebook.",
        "superseded" => "A newer score is on its way or in your gradebook.",
        _ => "The gradebook did not take the score. Your teacher's administrator can see why.",
    };
}
