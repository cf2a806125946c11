using Browser.Tests.Browsing;
using Microsoft.Playwright;
using Samples.Lms;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Launches;

/// <summary>The tool in a frame of another site, in browsers that keep less and less: each way ends in exactly one launch.</summary>
[Collection(CookielessCollection.Name)]
[Trait("Requirement", "L-1.4")]
public sealed class CookielessLaunchTests(Site site) : IAsyncLifetime
{
    public ValueTask InitializeAsync()
    {
        site.Stage.LmsOptions.OpenInFrame = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        site.Stage.LmsOptions.OpenInFrame = false;
        site.Stage.LmsOptions.PlatformStorage = PlatformStorage.None;
        site.Stage.LmsOptions.StorageFault = StorageFault.None;
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Partitioned_cookie_carries_a_launch_in_a_frame(bool slow, bool twice)
    {
        await using var visit = await site.NewVisitAsync();
        var (launch, before) = await BeginAsync(visit, "student-7");

        await launch.OpenAsync(slow, twice);
        await FramedLaunch.PractiseAsync(EnginePage.In(launch.Frame));

        await Visit.PictureAsync(launch.Course, "no-cookie-partitioned");
        // P-1.7: neither the launch's cookie nor the script's probe is left.
        Assert.DoesNotContain(await visit.CookiesAsync(), cookie => cookie.Name.Contains("lti-", StringComparison.Ordinal));
        Assert.Equal(before + 1, await LaunchesAsync());
        visit.ShouldHaveBeenClean();
    }

    [Theory]
    [InlineData(PlatformStorage.Parent, false, false)]
    [InlineData(PlatformStorage.Parent, true, false)]
    [InlineData(PlatformStorage.Parent, false, true)]
    [InlineData(PlatformStorage.NamedFrame, false, false)]
    [InlineData(PlatformStorage.NamedFrame, true, false)]
    [InlineData(PlatformStorage.NamedFrame, false, true)]
    public async Task Platforms_storage_carries_a_launch_in_a_browser_that_keeps_no_cookie(PlatformStorage storage, bool slow, bool twice)
    {
        site.Stage.LmsOptions.PlatformStorage = storage;
        await using var visit = await site.NewVisitAsync(CookieRule.Blocked);
        var (launch, before) = await BeginAsync(visit, "student-8");

        await launch.OpenAsync(slow, twice);
        await FramedLaunch.PractiseAsync(EnginePage.In(launch.Frame));

        await Visit.PictureAsync(launch.Course, "no-cookie-storage");
        await launch.GatewayShouldHaveHadNoCookieAsync();
        Assert.Equal(before + 1, await LaunchesAsync());
        visit.ShouldHaveBeenClean();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Without_storage_the_activity_opens_in_one_new_tab(bool slow, bool twice)
    {
        await using var visit = await site.NewVisitAsync(CookieRule.BlockedInsideLms);
        var (launch, before) = await BeginAsync(visit, "student-9");

        await launch.OpenAsync(slow, twice: false);
        await Expect(launch.Offer).ToBeVisibleAsync();
        await Visit.PictureAsync(launch.Course, "no-cookie-new-tab-offer");
        var tab = await launch.FollowOfferAsync(twice, byKeyboard: !twice);
        await Visit.PictureAsync(tab, "no-cookie-new-tab");
        await FramedLaunch.PractiseAsync(EnginePage.In(tab));

        Assert.Equal(before + 1, await LaunchesAsync());
        visit.ShouldHaveBeenClean();
    }

    [Theory]
    [InlineData(PlatformStorage.Parent, StorageFault.Silent)]
    [InlineData(PlatformStorage.NamedFrame, StorageFault.Silent)]
    [InlineData(PlatformStorage.Parent, StorageFault.Error)]
    [InlineData(PlatformStorage.Parent, StorageFault.WrongOrigin)]
    public async Task Storage_that_does_not_keep_its_promise_ends_at_the_offer_of_a_new_tab(PlatformStorage storage, StorageFault fault)
    {
        (site.Stage.LmsOptions.PlatformStorage, site.Stage.LmsOptions.StorageFault) = (storage, fault);
        await using var visit = await site.NewVisitAsync(CookieRule.BlockedInsideLms);
        var (launch, before) = await BeginAsync(visit, "student-10");

        await launch.OpenAsync();
        var tab = await launch.FollowOfferAsync(twice: fault == StorageFault.Silent);
        await FramedLaunch.PractiseAsync(EnginePage.In(tab));

        Assert.Equal(before + 1, await LaunchesAsync());
        visit.ShouldHaveBeenClean();
    }

    [Fact]
    public async Task Storage_that_forgets_between_login_and_launch_ends_at_a_refusal()
    {
        site.Stage.LmsOptions.PlatformStorage = PlatformStorage.Parent;
        await using var visit = await site.NewVisitAsync(CookieRule.Blocked);
        var (launch, before) = await BeginAsync(visit, "student-10");
        // From the moment at which the platform has been asked for the token, its page answers nothing.
        await visit.Context.RouteAsync($"{site.Stage.LmsUrl}/auth*", async route =>
        {
            await launch.Course.EvaluateAsync("window.receiveForStorage = () => {}");
            await route.ContinueAsync();
        });

        await launch.OpenAsync();

        await Expect(launch.Frame.GetByTestId("code")).ToHaveTextAsync("lti.browser_mismatch");
        Assert.Equal(before, await LaunchesAsync());
        visit.ShouldHaveBeenClean(site.Stage.GatewayUrl + "/lti/launch");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Storage_that_answers_after_the_offer_carries_whoever_waited_and_nobody_else(bool offerTaken)
    {
        site.Stage.LmsOptions.PlatformStorage = PlatformStorage.Parent;
        await using var visit = await site.NewVisitAsync(CookieRule.BlockedInsideLms);
        var (launch, before) = await BeginAsync(visit, "student-13");
        await visit.Context.RouteAsync($"{site.Stage.GatewayUrl}/lti/login*", async route =>
        {
            await launch.Course.EvaluateAsync("() => { window.kept ??= window.receiveForStorage; window.receiveForStorage = () => {} }");
            await route.ContinueAsync();
        });
        await launch.OpenAsync();
        await Expect(launch.Offer).ToBeVisibleAsync();

        var engine = EnginePage.In(launch.Frame);
        if (offerTaken)
            engine = EnginePage.In(await launch.FollowOfferAsync());
        await launch.Course.EvaluateAsync("() => { window.receiveForStorage = window.kept }");

        await FramedLaunch.PractiseAsync(engine);
        if (offerTaken)
            await Expect(launch.Frame.Locator("#lti-launch")).ToHaveAttributeAsync("data-state", "opened");
        Assert.Equal(before + 1, await LaunchesAsync());
        visit.ShouldHaveBeenClean();
    }

    [Fact]
    public async Task Script_that_arrives_after_the_offer_was_taken_begins_no_second_login()
    {
        await using var visit = await site.NewVisitAsync();
        var (launch, before) = await BeginAsync(visit, "student-11");
        var held = await launch.HoldScriptAsync();
        await launch.OpenAsync();

        var tab = await visit.Context.RunAndWaitForPageAsync(() => launch.Offer.ClickAsync());
        held.SetResult();
        await Expect(launch.Frame.Locator("#lti-launch")).ToHaveAttributeAsync("data-state", "opened");
        await FramedLaunch.PractiseAsync(EnginePage.In(tab));

        await Expect(launch.Frame.Locator("#lti-launch")).ToHaveAttributeAsync("data-state", "opened");
        Assert.Equal(before + 1, await LaunchesAsync());
        visit.ShouldHaveBeenClean();
    }

    [Fact]
    public async Task Without_any_script_the_offer_is_there_at_once()
    {
        await using var visit = await site.NewVisitAsync(scripts: false);
        var (launch, before) = await BeginAsync(visit, "student-12");
        await launch.OpenAsync();
        await launch.Frame.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        var tab = await visit.Context.RunAndWaitForPageAsync(() => launch.Offer.ClickAsync());
        await tab.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await EnginePage.In(tab).LearnerIdAsync();
        Assert.Equal(before + 1, await LaunchesAsync());
        visit.ShouldHaveBeenClean();
    }

    private async Task<(FramedLaunch Launch, long Launches)> BeginAsync(Visit visit, string login) =>
        (new(site.Stage, visit, await visit.SignInAsync(login)), await LaunchesAsync());

    private Task<long> LaunchesAsync() => site.Stage.Database.AskAsync<long>("select count(*) from gateway.launch");
}
