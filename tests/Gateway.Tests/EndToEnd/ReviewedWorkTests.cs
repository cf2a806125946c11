using System.Text.Json.Nodes;
using Gateway.Tests.EndToEnd.Cases;
using Samples.Demo;

namespace Gateway.Tests.EndToEnd;

/// <summary>The sample engine in a review: it shows the work of the learner whom the launch names, and nobody else's.</summary>
[Trait("Requirement", "T-23")]
public sealed class ReviewedWorkTests(CaseStage cases) : IClassFixture<CaseStage>
{
    private const string Teacher = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Teacher_sees_the_work_of_the_learner_meant_and_may_not_answer_for_them()
    {
        await AnswerAsync("worker", right: true);
        await AnswerAsync("other-worker", right: false);

        using var browser = new Browser();
        var page = await OpenAsync(browser, Review("work-teacher", "worker", Teacher));

        Assert.Equal("3 of 3", Browser.TextOf(page, "reviewed-score"));
        Assert.DoesNotContain("send-answers", page.Html, StringComparison.Ordinal);
        Assert.NotEqual(Browser.TextOf(page, "learner-id"), Browser.TextOf(page, "reviewed-learner"));
    }

    [Fact]
    public async Task Student_sees_their_own_work_and_the_way_back()
    {
        await AnswerAsync("own-worker", right: false);

        using var browser = new Browser();
        var page = await OpenAsync(browser, claims =>
        {
            Review("own-worker", "own-worker", Claim.Learner)(claims);
            claims[Claim.LaunchPresentation] = new JsonObject { ["return_url"] = $"{cases.Platform.Issuer}/course/7" };
        });

        Assert.Equal("0 of 3", Browser.TextOf(page, "reviewed-score"));
        Assert.Equal(Browser.TextOf(page, "learner-id"), Browser.TextOf(page, "reviewed-learner"));
        Assert.Contains($"href=\"{cases.Platform.Issuer}/course/7\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_is_not_known_is_not_made_up()
    {
        using var browser = new Browser();
        var page = await OpenAsync(browser, Review("work-teacher", "never-there", Teacher));

        Assert.NotNull(Browser.TextOf(page, "nothing-to-review"));
    }

    private async Task AnswerAsync(string subject, bool right)
    {
        using var browser = new Browser();
        var page = await OpenAsync(browser, claims => claims["sub"] = subject);
        var (action, fields) = Browser.FormOf(page);
        foreach (var (name, answer) in new[] { ("q1", "3/6"), ("q2", "1/2"), ("q3", "1/2") })
            fields[name] = right ? answer : "none of these";
        await browser.SendAsync(action, fields, Cancellation);
    }

    private static Action<JsonObject> Review(string subject, string user, string role) => claims =>
    {
        claims["sub"] = subject;
        claims.Remove(Claim.Lis);
        claims[Claim.Roles] = new JsonArray(role);
        claims[Claim.MessageType] = "LtiSubmissionReviewRequest";
        claims[Claim.ForUser] = new JsonObject { ["user_id"] = user };
    };

    private async Task<BrowserPage> OpenAsync(Browser browser, Action<JsonObject> change)
    {
        var launch = await cases.BeginAsync();
        var answer = await launch.SendAsync(launch.Sign(claims =>
        {
            claims.Remove(Claim.Lis);
            change(claims);
        }));
        browser.Keep(new Uri(cases.Stage.GatewayUrl), answer.KeptCookies);
        await browser.OpenAsync(answer.Location!.AbsoluteUri, Cancellation);
        return await browser.OpenAsync($"{cases.Stage.EngineUrl}/practice", Cancellation);
    }
}
