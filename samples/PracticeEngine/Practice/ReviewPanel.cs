using System.Globalization;
using Samples.PracticeEngine.Pages;
using Samples.PracticeEngine.SignIn;

namespace Samples.PracticeEngine.Practice;

/// <summary>What is shown in a review: the work of the learner whom the launch names, and nothing to answer.</summary>
internal static class ReviewPanel
{
    public static bool IsReview(LearnerSession session) => session.Launch.GetValueOrDefault("message_type") == "LtiSubmissionReviewRequest";

    public static string Of(LearnerSession session, SubmittedWork work) => work.ReviewedIn(session) is { } attempt
        ? $"""
          <section data-testid="review">
          <p>Work of <code data-testid="reviewed-learner">{Html.E(session.Launch["for_learner"])}</code></p>
          <p class="score"><span data-testid="reviewed-score">{attempt.Given} of {attempt.Maximum}</span> right,
          {Html.E(attempt.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))} UTC</p>
          </section>
          """
        : """<p class="note" data-testid="nothing-to-review">No work of this learner is known here.</p>""";
}
