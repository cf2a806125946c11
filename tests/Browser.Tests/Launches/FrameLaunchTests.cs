using Browser.Tests.Browsing;
using Gateway.Stage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Launches;

[Collection(SiteCollection.Name)]
public sealed class FrameLaunchTests(Site site) : IAsyncLifetime
{
    public ValueTask InitializeAsync()
    {
        site.Stage.LmsOptions.OpenInFrame = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        site.Stage.LmsOptions.OpenInFrame = false;
        return ValueTask.CompletedTask;
    }

    [Fact]
    [Trait("Requirement", "L-1.4")]
    public async Task Student_practises_inside_a_frame_of_another_site_without_third_party_cookies()
    {
        await using var visit = await site.NewVisitAsync();
        var student = visit.Person("student-3");
        var page = await visit.SignInAsync(student.Login);
        await page.GetByTestId("resource-link").ClickAsync();
        var frame = page.FrameLocator("[data-testid=tool-frame]");
        var engine = EnginePage.In(frame);

        await engine.LearnerIdAsync();
        await Expect(engine["role"]).ToHaveTextAsync("student");
        await Expect(engine["district"]).ToHaveTextAsync(TestStage.DistrictSlug);
        EnginePage.ShouldNotKnow(student, await frame.Locator("html").InnerHTMLAsync());
        await Visit.PictureAsync(page, "frame");
        await engine.AnswerAsync("3/6", "1/2", "1/2");
        await Expect(engine["score"]).ToHaveTextAsync("3 of 3");
        await engine.ScoreShouldArriveAsync();

        // P-1.7: the gateway's own cookie is gone with the launch.
        Assert.DoesNotContain(await visit.CookiesAsync(), cookie => cookie.Name.Contains("lti-", StringComparison.Ordinal));
        visit.ShouldHaveBeenClean();
    }

    /// <summary>What the test above stands on.</summary>
    [Fact]
    public async Task This_browser_blocks_third_party_cookies_and_keeps_partitioned_ones()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var widget = builder.Build();
        widget.Urls.Add("http://127.0.0.1:0");
        const string Head = "<!doctype html><html lang=en><title>Widget</title><link rel=icon href='data:,'>";
        widget.MapGet("/set", (HttpContext http) =>
        {
            http.Response.Headers.Append("Set-Cookie", new[] { "plain=1; Secure; SameSite=None; Path=/", "apart=1; Secure; SameSite=None; Path=/; Partitioned" });
            return Results.Content(Head + "<a href='/read'>read</a>", "text/html");
        });
        widget.MapGet("/read", (HttpContext http) => Results.Content($"{Head}<p>{string.Join(' ', http.Request.Cookies.Keys.Order())}</p>", "text/html"));
        await widget.StartAsync(TestContext.Current.CancellationToken);
        await using var visit = await site.NewVisitAsync();
        var page = await visit.SignInAsync("student-3");

        await page.EvaluateAsync("url => { const f = document.createElement('iframe'); f.src = url; document.body.append(f); }", widget.Urls.First() + "/set");
        var frame = page.FrameLocator("iframe");
        await frame.GetByText("read").ClickAsync();
        await Expect(frame.Locator("p")).ToHaveTextAsync("apart");

        // On its own the same site gets both back.
        var alone = await visit.NewPageAsync();
        await alone.GotoAsync(widget.Urls.First() + "/set");
        await alone.GetByText("read").ClickAsync();
        await Expect(alone.Locator("p")).ToHaveTextAsync("apart plain");
        visit.ShouldHaveBeenClean();
    }
}
