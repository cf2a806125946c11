using Browser.Tests.Browsing;
using Gateway.Platforms;
using Microsoft.Extensions.DependencyInjection;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Platforms;

[Collection(SiteCollection.Name)]
public sealed class RegistrationTests(Site site)
{
    [Fact]
    [Trait("Requirement", "L-2.1")]
    public async Task Administrator_registers_the_gateway_in_a_frame_of_the_platform_and_closes_it()
    {
        var lms = site.Stage.LmsOptions;
        var before = (lms.ClientId, lms.ToolTargetLinkUrl);
        await using var visit = await site.NewVisitAsync();
        var page = await visit.SignInAsync("teacher");
        await page.GotoAsync(site.Stage.LmsUrl + "/register");
        await page.GetByTestId("link").FillAsync(site.Stage.Services.GetRequiredService<Invitations>().Issue(site.Stage.District.Id, 1).Value.Url);
        await page.GetByTestId("begin").ClickAsync();

        var frame = page.FrameLocator("[data-testid=tool-frame]");
        await Expect(frame.GetByTestId("district")).ToHaveTextAsync(site.Stage.District.Name);
        await Visit.PictureAsync(page, "registration");
        await frame.GetByTestId("register").ClickAsync();
        await Expect(frame.GetByTestId("registration")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9]+$"));
        await frame.GetByTestId("close").ClickAsync();
        await Expect(page.GetByTestId("closed")).ToBeVisibleAsync();
        visit.ShouldHaveBeenClean();

        // The LMS launches whoever registered last; the other tests know the one before.
        (lms.ClientId, lms.ToolTargetLinkUrl) = before;
    }
}
