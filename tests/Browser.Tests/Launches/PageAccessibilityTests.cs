using System.Text;
using Browser.Tests.Browsing;
using Gateway.Privacy;
using Gateway.Stage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Launches;

/// <summary>Every page of the gateway that a launch may show, and the API's description, in the light and in the dark, on a phone and at 200 % zoom.</summary>
[Collection(SiteCollection.Name)]
[Trait("Requirement", "L-1.10")]
public sealed class PageAccessibilityTests(Site site)
{
    // Width and height in CSS pixels: a screen of 1000 × 800, the same at 200 %, and a narrow phone.
    private static readonly (string Name, int Width, int Height)[] Sizes = [("", 1000, 800), ("-zoom-200", 500, 400), ("-320", 320, 640)];

    [Fact]
    public async Task Opening_page_before_and_with_its_offer()
    {
        await using var visit = await NewVisitWithoutLaunchScriptAsync();
        var page = await visit.NewPageAsync();
        var (action, fields) = await ClickAsync();
        await PostAsync(page, action.AbsoluteUri, fields);
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("One moment.");
        await Accessibility.ShouldBeAccessibleAsync(page);

        await Expect(page.GetByTestId("new-tab")).ToBeVisibleAsync();
        await ShouldBeGoodEverywhereAsync(page, "page-offer");

        // As the script words it.
        await page.Locator("#lti-launch").EvaluateAsync("e => { e.dataset.state = 'offer'; const s = e.querySelector('[role=status]'); s.textContent = s.dataset.offer; }");
        await ShouldBeGoodEverywhereAsync(page, "page-offer-worded");
        visit.ShouldHaveBeenClean();
    }

    [Fact]
    public async Task Storage_page_before_and_when_it_takes_long()
    {
        using var visitor = await Visitor.SignInAsync(site.Stage, "student-14");
        var (_, launch) = await new CookielessWay(site.Stage, visitor).PrepareAsync();
        await using var visit = await NewVisitWithoutLaunchScriptAsync();
        var page = await visit.NewPageAsync();

        await PostAsync(page, launch.Action.AbsoluteUri, new() { ["id_token"] = launch.IdToken, ["state"] = launch.State });
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("One moment.");
        await Accessibility.ShouldBeAccessibleAsync(page);

        await Expect(page.Locator(".offer")).ToBeVisibleAsync();
        await ShouldBeGoodEverywhereAsync(page, "page-storage");
        visit.ShouldHaveBeenClean();
    }

    [Fact]
    public async Task Page_that_describes_the_API_to_engineers()
    {
        await using var visit = await site.NewVisitAsync();
        var page = await visit.NewPageAsync();
        await page.GotoAsync($"{site.Stage.GatewayUrl}/openapi");
        await Expect(page.GetByText("GET /api/v1/districts/{district}/changes")).ToBeVisibleAsync();
        await page.Locator("details").First.EvaluateAsync("e => e.open = true");

        await ShouldBeGoodEverywhereAsync(page, "page-api");
        visit.ShouldHaveBeenClean();
    }

    [Theory]
    [Trait("Requirement", "P-4.1")]
    [InlineData("/privacy/record", "page-record")]
    [InlineData("/privacy/policies", "page-policies")]
    [InlineData("/privacy/third-parties", "page-third-parties")]
    [InlineData("/privacy/usage", "page-usage")]
    public async Task Page_that_discloses_what_is_done_with_data(string path, string picture)
    {
        await using var visit = await site.NewVisitAsync();
        var page = await visit.NewPageAsync();
        await page.GotoAsync(site.Stage.GatewayUrl + path);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

        await ShouldBeGoodEverywhereAsync(page, picture);
        visit.ShouldHaveBeenClean();
    }

    [Fact]
    [Trait("Requirement", "P-3.4")]
    public async Task Page_that_checks_a_certificate_of_deletion()
    {
        using var engine = new TestEngine(site.Stage);
        await site.Stage.LaunchAsync("student-9", engine);
        var platform = await site.Stage.Database.AskAsync<int>("select min(id) from gateway.registration");
        var person = PersonId.Read(Encoding.UTF8.GetBytes(site.Stage.PersonOf("student-9").UserId), platform).Value;
        var erased = await site.Stage.Services.GetRequiredService<ErasePerson>().RunAsync(
            site.Stage.District, person, block: false, ErasePerson.Request, TestContext.Current.CancellationToken);
        await using var visit = await site.NewVisitAsync();
        var page = await visit.NewPageAsync();
        await page.GotoAsync($"{site.Stage.GatewayUrl}/privacy/certificates/verify");
        await ShouldBeGoodEverywhereAsync(page, "page-certificate-check");

        await page.GetByLabel("Certificate").FillAsync(await site.Stage.Database.AskAsync<string>($"select statement from gateway.certificate where id = '{erased.Value.Certificate}'"));
        await page.GetByTestId("check").ClickAsync();

        await Expect(page.GetByTestId("valid")).ToBeVisibleAsync();
        await ShouldBeGoodEverywhereAsync(page, "page-certificate");
        visit.ShouldHaveBeenClean();
    }

    [Theory]
    [InlineData("login_required", "lti.platform_login_required")]
    [InlineData("launch_no_longer_valid", "lti.platform_launch_expired")]
    [InlineData(null, "lti.browser_mismatch")]
    public async Task Page_of_a_refusal(string? error, string code)
    {
        using var visitor = await Visitor.SignInAsync(site.Stage, "student-14");
        var (_, launch) = await new CookielessWay(site.Stage, visitor).PrepareAsync(storage: null);
        await using var visit = await site.NewVisitAsync();
        var page = await visit.NewPageAsync();

        await PostAsync(page, launch.Action.AbsoluteUri, error is null
            ? new() { ["id_token"] = launch.IdToken, ["state"] = launch.State }
            : new() { ["error"] = error, ["state"] = launch.State });

        await Expect(page.GetByTestId("code")).ToHaveTextAsync(code);
        await Accessibility.ShouldBeAccessibleAsync(page);
        await Visit.PictureAsync(page, $"page-{code}");
        await page.GetByText("For administrators").PressAsync("Enter");
        await Expect(page.Locator("details p")).ToBeVisibleAsync();
        await ShouldBeGoodEverywhereAsync(page, $"page-{code}");
        visit.ShouldHaveBeenClean(launch.Action.AbsoluteUri);
    }

    // In the dark only colours are others: one size tells them all.
    private static async Task ShouldBeGoodEverywhereAsync(IPage page, string picture)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        foreach (var size in Sizes)
            await ShouldBeGoodAsync(page, size, $"{picture}{size.Name}-light");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await ShouldBeGoodAsync(page, Sizes[0], $"{picture}-dark");
    }

    private static async Task ShouldBeGoodAsync(IPage page, (string Name, int Width, int Height) size, string picture)
    {
        await page.SetViewportSizeAsync(size.Width, size.Height);
        await Accessibility.ShouldBeAccessibleAsync(page);
        Assert.Equal(size.Width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Visit.PictureAsync(page, picture);
    }

    private async Task<(Uri Action, Dictionary<string, string> Fields)> ClickAsync()
    {
        using var visitor = await Visitor.SignInAsync(site.Stage, "student-14");
        var (action, fields) = await visitor.ClickAsync();
        fields["lti_storage_target"] = "_parent";
        return (action, fields);
    }

    private async Task<Visit> NewVisitWithoutLaunchScriptAsync()
    {
        var visit = await site.NewVisitAsync();
        await visit.Context.RouteAsync("**/assets/launch.js*", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "" }));
        return visit;
    }

    // A form on an empty page: the gateway's own answers, without an LMS around them.
    private static async Task PostAsync(IPage page, string address, Dictionary<string, string> fields)
    {
        var inputs = string.Concat(fields.Select(field => $"<input type=\"hidden\" name=\"{field.Key}\" value=\"{System.Net.WebUtility.HtmlEncode(field.Value)}\">"));
        await page.SetContentAsync($"<form method=\"post\" action=\"{address}\">{inputs}</form>");
        await page.EvaluateAsync("document.forms[0].submit()");
        await Expect(page).ToHaveURLAsync(address);
    }
}
