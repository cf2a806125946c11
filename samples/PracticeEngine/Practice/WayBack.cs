using Samples.PracticeEngine.Pages;
using Samples.PracticeEngine.SignIn;

namespace Samples.PracticeEngine.Practice;

/// <summary>The link back to the course, where the id_token has one. It leaves the course's frame: the course's page is a whole page.</summary>
internal static class WayBack
{
    public static string Of(LearnerSession session) => session.ReturnUrl is { } url
        ? $"""<p><a href="{Html.E(url)}" target="_top" rel="noreferrer" data-testid="back-to-course">Back to your course</a></p>"""
        : "";
}
