using Browser.Tests.Browsing;
using Gateway.Stage;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Launches;

/// <summary>A student at the course's page whose link opens the tool in a frame.</summary>
internal sealed class FramedLaunch(TestStage stage, Visit visit, IPage course)
{
    private const string Script = "**/assets/launch.js*";

    public IPage Course => course;

    public IFrameLocator Frame => course.FrameLocator("[data-testid=tool-frame]");

    public ILocator Offer => Frame.GetByTestId("new-tab");

    /// <summary>Clicks the course's link, as impatient people do twice.</summary>
    public Task OpenAsync(bool twice = false)
    {
        var link = course.GetByTestId("resource-link");
        return twice ? link.DblClickAsync() : link.ClickAsync();
    }

    /// <summary>Keeps the gateway's script on its way until it is let go.</summary>
    public async Task<TaskCompletionSource> HoldScriptAsync()
    {
        var held = new TaskCompletionSource();
        await visit.Context.RouteAsync(Script, async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        return held;
    }

    /// <summary>Opens the activity; where the script is slow, the offer of a new tab comes first, and then the script.</summary>
    public async Task OpenAsync(bool slow, bool twice)
    {
        var held = slow ? await HoldScriptAsync() : null;
        await OpenAsync(twice);
        if (held is null)
            return;
        await Expect(Offer).ToBeVisibleAsync();
        held.SetResult();
    }

    /// <summary>Follows the offer once its script is in charge; exactly one tab opens.</summary>
    public async Task<IPage> FollowOfferAsync(bool twice = false, bool byKeyboard = false)
    {
        await Expect(Frame.Locator("#lti-launch")).ToHaveAttributeAsync("data-state", "offer");
        var pages = visit.Context.Pages.Count;
        var tab = await visit.Context.RunAndWaitForPageAsync(() => twice ? Offer.DblClickAsync() : byKeyboard ? Offer.PressAsync("Enter") : Offer.ClickAsync());
        await Expect(Frame.Locator("#lti-launch")).ToHaveAttributeAsync("data-state", "opened");
        await Expect(Frame.GetByRole(AriaRole.Status)).ToContainTextAsync("opens in a new tab");
        await Expect(Offer).ToBeHiddenAsync();
        await EnginePage.In(tab).LearnerIdAsync();
        Assert.Equal(pages + 1, visit.Context.Pages.Count);
        return tab;
    }

    /// <summary>From the questions to the score in the gradebook.</summary>
    public static async Task PractiseAsync(EnginePage engine)
    {
        await engine.LearnerIdAsync();
        await engine.AnswerAsync("3/6", "1/2", "1/2");
        await Expect(engine["score"]).ToHaveTextAsync("3 of 3");
        await engine.ScoreShouldArriveAsync();
    }

    /// <summary>No request to the gateway brought a cookie, and the browser holds none of it.</summary>
    public async Task GatewayShouldHaveHadNoCookieAsync()
    {
        foreach (var request in visit.Requests.Where(request => request.Url.StartsWith(stage.GatewayUrl + "/", StringComparison.Ordinal)))
            Assert.DoesNotContain("cookie", (await request.AllHeadersAsync()).Keys);
        Assert.DoesNotContain(await visit.CookiesAsync(), cookie => cookie.Name.Contains("lti-", StringComparison.Ordinal));
    }
}
