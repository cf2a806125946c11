using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Samples.Lms;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Browsing;

/// <summary>The engine's pages, in a tab or in a frame.</summary>
internal sealed partial class EnginePage(Func<string, ILocator> byTestId)
{
    public static EnginePage In(IPage page) => new(testId => page.GetByTestId(testId));

    public static EnginePage In(IFrameLocator frame) => new(testId => frame.GetByTestId(testId));

    public ILocator this[string testId] => byTestId(testId);

    /// <summary>The id that the engine knows the learner by.</summary>
    public async Task<string> LearnerIdAsync()
    {
        await Expect(this["learner-id"]).ToHaveTextAsync(LearnerId());
        return await this["learner-id"].InnerTextAsync();
    }

    /// <summary>Chooses an answer to each question and sends them.</summary>
    public async Task AnswerAsync(string first, string second, string third)
    {
        await this["q1"].GetByLabel(first, new() { Exact = true }).CheckAsync();
        await this["q2"].GetByLabel(second, new() { Exact = true }).CheckAsync();
        await this["q3"].GetByLabel(third, new() { Exact = true }).CheckAsync();
        await this["send-answers"].ClickAsync();
    }

    /// <summary>The page's own script asks until the score has arrived.</summary>
    public Task ScoreShouldArriveAsync() => Expect(this["delivery"]).ToHaveAttributeAsync("data-state", "delivered");

    /// <summary>Nothing that the LMS and the SIS know of a person stands in a text.</summary>
    public static void ShouldNotKnow(LmsPerson person, string text)
    {
        string[] ids =
        [
            person.UserId, person.Person.SourcedId, person.Person.Username, person.Person.Email, person.Person.Number, person.Person.FamilyName,
        ];
        Assert.All(ids, id => Assert.DoesNotContain(id, text, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotMatch($@"(?i)\b{Regex.Escape(person.Person.GivenName)}\b", text);
        Assert.DoesNotMatch(@"\w@\w", text);
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{22}$")]
    private static partial Regex LearnerId();
}
