using System.Text.RegularExpressions;
using Browser.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Launches;

[Collection(SiteCollection.Name)]
public sealed partial class RefusalPageTests(Site site)
{
    [Fact]
    [Trait("Requirement", "L-1.10")]
    public async Task Altered_launch_shows_a_page_that_says_what_to_do_and_loads_nothing_from_elsewhere()
    {
        await using var visit = await site.NewVisitAsync();
        var page = await LaunchAlteredAsync(visit);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This activity could not be opened");
        await Expect(page.GetByTestId("code")).ToHaveTextAsync("lti.signature_invalid");
        await Expect(page.GetByTestId("reference")).ToHaveTextAsync(Reference());
        var reference = await page.GetByTestId("reference").InnerTextAsync();
        Assert.Contains(site.Stage.Log.Lines, line => line.Contains(reference) && line.Contains("lti.signature_invalid"));
        EnginePage.ShouldNotKnow(visit.Person("student-5"), await page.ContentAsync());

        await Expect(page.Locator("script")).ToHaveCountAsync(0);
        var launch = visit.Requests.ToList().FindIndex(request => request.Url == LaunchUrl);
        Assert.All(visit.Requests.Skip(launch), request => Assert.StartsWith(site.Stage.GatewayUrl + "/", request.Url));
        await Visit.PictureAsync(page, "refusal");
        visit.ShouldHaveBeenClean(LaunchUrl);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    [Trait("Requirement", "L-1.10")]
    public async Task Refusal_page_fits_a_narrow_phone(ColorScheme scheme)
    {
        await using var visit = await site.NewVisitAsync();
        var page = await LaunchAlteredAsync(visit);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await page.SetViewportSizeAsync(320, 640);
        await page.GetByText("For administrators").ClickAsync();
        await Expect(page.GetByText("it was altered, or signed by somebody else")).ToBeVisibleAsync();
        await Visit.PictureAsync(page, $"refusal-320-{scheme.ToString().ToLowerInvariant()}");

        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        visit.ShouldHaveBeenClean(LaunchUrl);
    }

    private string LaunchUrl => site.Stage.GatewayUrl + "/lti/launch";

    // Without its script the LMS shows its two hand-over forms, which a person sends with a click; between them the token is altered.
    private static async Task<IPage> LaunchAlteredAsync(Visit visit)
    {
        await visit.Context.RouteAsync("**/submit.js", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "" }));
        var tab = await visit.OpenActivityAsync(await visit.SignInAsync("student-5"));
        var send = tab.GetByRole(AriaRole.Button, new() { Name = "Continue" });
        await send.ClickAsync();
        await tab.Locator("input[name=id_token]").EvaluateAsync(
            "field => { const [head, body, mark] = field.value.split('.'); field.value = [head, body, (mark[0] === 'A' ? 'B' : 'A') + mark.slice(1)].join('.'); }");
        await send.ClickAsync();
        return tab;
    }

    [GeneratedRegex("^[0-9A-F]{8}$")]
    private static partial Regex Reference();
}
