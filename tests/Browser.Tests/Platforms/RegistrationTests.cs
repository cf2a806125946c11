using Browser.Tests.Browsing;
using Gateway.Platforms;
using Microsoft.Extensions.DependencyInjection;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Platforms;

[Collection(SiteCollection.Name)]
public sealed class RegistrationTests(Site site)
{
    [Theory]
    [Trait("Requirement", "T-22")]
    [InlineData(600, 400)]
    [InlineData(320, 400)]
    [InlineData(800, 600)]
    public async Task Button_stands_in_a_small_frame_without_scrolling(int width, int height)
    {
        var lms = site.Stage.LmsOptions;
        var before = (lms.ClientId, lms.ToolLoginUrl, lms.ToolRedirectUrls, lms.ToolJwksUrl, lms.ToolTargetLinkUrl);
        await using var visit = await site.NewVisitAsync();
        var page = await visit.NewPageAsync();
        await page.SetViewportSizeAsync(width, height);
        var link = site.Stage.Services.GetRequiredService<Invitations>().Issue(site.Stage.District.Id, 1).Value.Url;
        var token = site.Stage.Lms.Services.GetRequiredService<Samples.Lms.Registration.RegistrationTokens>().Issue();
        await page.GotoAsync($"{link}&openid_configuration={Uri.EscapeDataString(site.Stage.LmsUrl + "/openid-configuration")}&registration_token={Uri.EscapeDataString(token)}");

        await StandsInViewAsync(page, "register", width, height);
        try
        {
            await page.GetByTestId("register").ClickAsync();
            await StandsInViewAsync(page, "close", width, height);
        }
        finally
        {
            // The LMS launches the tool of the last registration; the other tests know the one before.
            (lms.ClientId, lms.ToolLoginUrl, lms.ToolRedirectUrls, lms.ToolJwksUrl, lms.ToolTargetLinkUrl) = before;
        }
    }

    private static async Task StandsInViewAsync(Microsoft.Playwright.IPage page, string button, int width, int height)
    {
        await Expect(page.GetByTestId(button)).ToBeVisibleAsync();
        var box = (await page.GetByTestId(button).BoundingBoxAsync())!;
        Assert.Equal(0, await page.EvaluateAsync<int>("window.scrollY"));
        Assert.True(box.X >= 0 && box.Y >= 0 && box.X + box.Width <= width && box.Y + box.Height <= height, $"The button {button} ends at {box.X + box.Width}, {box.Y + box.Height}.");
    }

    [Fact]
    [Trait("Requirement", "L-2.1")]
    public async Task Administrator_registers_the_gateway_in_a_frame_of_the_platform_and_closes_it()
    {
        var lms = site.Stage.LmsOptions;
        var before = (lms.ClientId, lms.ToolLoginUrl, lms.ToolRedirectUrls, lms.ToolJwksUrl, lms.ToolTargetLinkUrl);
        await using var visit = await site.NewVisitAsync();
        var page = await visit.SignInAsync("teacher");
        try
        {
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
        }
        finally
        {
            // The LMS launches the tool of the last registration; the other tests know the one before.
            (lms.ClientId, lms.ToolLoginUrl, lms.ToolRedirectUrls, lms.ToolJwksUrl, lms.ToolTargetLinkUrl) = before;
        }
    }
}
