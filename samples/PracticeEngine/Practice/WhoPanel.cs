using Samples.PracticeEngine.Pages;
using Samples.PracticeEngine.SignIn;

namespace Samples.PracticeEngine.Practice;

/// <summary>Everything the engine knows of the person, so that one can see how little that is.</summary>
internal static class WhoPanel
{
    public static string Of(LearnerSession session) =>
        $"""
        <section class="who" aria-labelledby="who">
        <h2 id="who">What this engine knows about you</h2>
        <dl>
        <dt>Learner</dt><dd data-testid="learner-id">{Html.E(session.LearnerId)}</dd>
        <dt>Role</dt><dd data-testid="role">{Html.E(session.Role.Length == 0 ? "not told" : session.Role)}</dd>
        <dt>District</dt><dd data-testid="district">{Html.E(session.District)}</dd>
        {string.Concat(session.Launch.Select(m => $"<dt>{Html.E(m.Key)}</dt><dd data-testid=\"launch-{Html.E(m.Key)}\">{Html.E(m.Value)}</dd>\n"))}
        <dt>Claims received</dt><dd data-testid="claim-names">{Html.E(string.Join(", ", session.ClaimNames))}</dd>
        </dl>
        </section>
        """;
}
