using Samples.PracticeEngine.Pages;
using Samples.PracticeEngine.Scores;
using Samples.PracticeEngine.SignIn;

namespace Samples.PracticeEngine.Practice;

/// <summary>Takes the answers, and sends the score; or sends it once more.</summary>
internal static class AnswersEndpoint
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/practice/answers", AnswerAsync);
        app.MapPost("/practice/send-again", SendAgainAsync);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http, PracticeEngineOptions options, LearnerSessions sessions, ScoreClient scores, SubmittedWork work)
    {
        if (sessions.Of(http) is not { } session || !http.Request.HasFormContentType)
            return Html.Problem(http, 401, "not_signed_in", "Open the practice from your course.");
        if (ReviewPanel.IsReview(session))
            return Results.Redirect("/practice");
        IFormCollection form = await http.Request.ReadFormAsync(http.RequestAborted);
        // The attempt is known to this session's page only: another site's form cannot have it, and a second click finds it used.
        if (!Secrets.Same(form["attempt"], session.NextAttempt))
            return Results.Redirect("/practice/result");
        var attempt = new Attempt(session.NextAttempt, Questions.Score(form), Questions.All.Length, options.Time.GetUtcNow());
        session.NextAttempt = Secrets.New();
        session.LastAttempt = attempt;
        work.Keep(session, attempt);
        await SendAsync(session, attempt, scores, http.RequestAborted);
        return Results.Redirect("/practice/result");
    }

    private static async Task<IResult> SendAgainAsync(HttpContext http, LearnerSessions sessions, ScoreClient scores)
    {
        if (sessions.Of(http) is not { LastAttempt: { } attempt } session || !http.Request.HasFormContentType)
            return Html.Problem(http, 401, "not_signed_in", "Open the practice from your course.");
        IFormCollection form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (Secrets.Same(form["attempt"], attempt.Key))
            await SendAsync(session, attempt, scores, http.RequestAborted);
        return Results.Redirect("/practice/result");
    }

    private static async Task SendAsync(LearnerSession session, Attempt attempt, ScoreClient scores, CancellationToken cancel)
    {
        if (session.ScoreTicket is not { } ticket)
            return;
        ScoreAnswer answer = await scores.SendAsync(ticket, attempt.Given, attempt.Maximum, attempt.At, attempt.Key, cancel);
        session.LastAttempt = answer.Id is null
            ? attempt with { State = "not_sent" }
            : attempt with { ScoreId = answer.Id, State = answer.State ?? "pending" };
    }
}
