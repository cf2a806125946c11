using System.Net;
using System.Net.Sockets;
using Gateway.Stage;
using Microsoft.Playwright;

namespace Browser.Tests.Browsing;

/// <summary>
/// One browser and one stage for all tests of a collection. The LMS answers at <c>localhost</c>, gateway and engine at <c>127.0.0.1</c>: to a
/// browser these are different sites, as an LMS and its tools are.
/// </summary>
public sealed class Site : IAsyncLifetime
{
    // Generous: a busy machine is no failure.
    private const float Patience = 30_000;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    internal TestStage Stage { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var executable = Chromium.Find();
        Stage = await TestStage.StartAsync(stage => stage.LmsOptions.Url = $"http://localhost:{FreePort()}");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Headless = true, Args = Chromium.Arguments });
        Assertions.SetDefaultExpectTimeout(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (Stage is not null)
            await Stage.DisposeAsync();
    }

    /// <summary>A browser of somebody's own: cookies and storage are nobody else's.</summary>
    internal async Task<Visit> NewVisitAsync(bool scripts = true)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1000, Height = 800 }, Locale = "en-US", JavaScriptEnabled = scripts });
        context.SetDefaultTimeout(Patience);
        return new Visit(context, Stage);
    }

    /// <summary>The same in a browser with settings of its own, which takes a browser of its own.</summary>
    internal async Task<Visit> NewVisitAsync(CookieRule rule)
    {
        if (rule == CookieRule.Usual)
            return await NewVisitAsync();
        var profile = Profile.Create(rule, Stage.GatewayUrl, Stage.LmsUrl);
        var context = await playwright.Chromium.LaunchPersistentContextAsync(profile, new()
        {
            ExecutablePath = Chromium.Find(),
            Headless = true,
            Args = Chromium.Arguments,
            ViewportSize = new() { Width = 1000, Height = 800 },
            Locale = "en-US",
        });
        context.SetDefaultTimeout(Patience);
        return new Visit(context, Stage, profile);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Test classes of the collection share the site and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SiteCollection : ICollectionFixture<Site>
{
    public const string Name = "browser";
}

/// <summary>These wait for much of their time: a site of their own lets others go on meanwhile.</summary>
[CollectionDefinition(Name)]
public sealed class CookielessCollection : ICollectionFixture<Site>
{
    public const string Name = "cookieless";
}
