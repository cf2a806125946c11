using System.Collections.Concurrent;
using Gateway.Stage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Samples.Lms;

namespace Browser.Tests.Browsing;

/// <summary>
/// What one person does in a browser, and everything that went wrong meanwhile. At its end nothing may have: no error of a page or
/// on a console (violations of a Content-Security-Policy are such), no request to anywhere but loopback.
/// </summary>
internal sealed class Visit : IAsyncDisposable
{
    // For what Playwright itself would wait for without end.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly IBrowserContext context;
    private readonly TestStage stage;
    private readonly string? profile;
    private readonly ConcurrentQueue<string> errors = new();
    private readonly ConcurrentQueue<IRequest> requests = new();
    private bool ended;

    /// <param name="context">The browser's.</param>
    /// <param name="stage">What it visits.</param>
    /// <param name="profile">A folder that goes with it, or null.</param>
    public Visit(IBrowserContext context, TestStage stage, string? profile = null)
    {
        this.context = context;
        this.stage = stage;
        this.profile = profile;
        context.WebError += (_, error) => errors.Enqueue($"page error: {error.Error}");
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                errors.Enqueue($"console {message.Type}: {message.Text} ({message.Location})");
        };
        context.Request += (_, request) => requests.Enqueue(request);
    }

    public IBrowserContext Context => context;

    public IReadOnlyCollection<IRequest> Requests => requests;

    public async Task<IPage> SignInAsync(string login)
    {
        var page = await NewPageAsync();
        await page.GotoAsync(stage.LmsUrl);
        await page.GetByTestId("person").SelectOptionAsync(login);
        await page.GetByLabel("Password").FillAsync("made-up");
        await page.GetByTestId("sign-in").ClickAsync();
        await Assertions.Expect(page.GetByTestId("signed-in-as")).ToHaveTextAsync(Person(login).Name);
        return page;
    }

    /// <summary>An empty tab.</summary>
    public Task<IPage> NewPageAsync() => AskAsync(context.NewPageAsync);

    public Task<IReadOnlyList<BrowserContextCookiesResult>> CookiesAsync() => AskAsync(() => context.CookiesAsync());

    /// <summary>Clicks the course's link, which opens a new tab.</summary>
    public async Task<IPage> OpenActivityAsync(IPage course) =>
        await context.RunAndWaitForPageAsync(() => course.GetByTestId("resource-link").ClickAsync());

    public LmsPerson Person(string login) => stage.Lms.Services.GetRequiredService<LmsCourse>().ByLogin(login)!;

    public static Task PictureAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Artifacts.Picture(name), FullPage = true });

    /// <summary>Ends the visit; every test does so with each of its visits.</summary>
    /// <param name="refusedAt">The address at which a refusal was provoked: browsers write its status to the console.</param>
    /// <param name="warnedOf">Words of what a hostile page makes the browser say there.</param>
    public void ShouldHaveBeenClean(string? refusedAt = null, string? warnedOf = null)
    {
        Assert.All(requests, request => Assert.True(new Uri(request.Url) is { IsLoopback: true }, $"A request left loopback: {request.Url}"));
        Assert.NotEmpty(requests);
        var unexpected = errors
            .Where(error => refusedAt is null || !(error.Contains("status of 400") && error.Contains(refusedAt)))
            .Where(error => warnedOf is null || !error.Contains(warnedOf))
            .ToList();
        Assert.True(unexpected.Count == 0, string.Join('\n', unexpected));
        ended = true;
    }

    // Addresses without their queries, which carry tokens; whoever is named is made up.
    private async Task TellAsync()
    {
        var told = TestContext.Current.TestOutputHelper;
        foreach (var request in requests.TakeLast(20))
            told?.WriteLine($"asked {request.Method} {request.Url.Split('?')[0]}{(request.Failure is { } failure ? $": {failure}" : "")}");
        foreach (var error in errors)
            told?.WriteLine(error);
        foreach (var frame in context.Pages.SelectMany(page => page.Frames))
            told?.WriteLine($"at {frame.Url.Split('?')[0]}: {await TextOfAsync(frame)}");
    }

    private static async Task<string> TextOfAsync(IFrame frame)
    {
        try
        {
            return await frame.Locator("body").InnerTextAsync(new() { Timeout = 5_000 });
        }
        catch (Exception e) when (e is TimeoutException or PlaywrightException)
        {
            return "it does not answer";
        }
    }

    // Neither has a time limit of its own. A browser on a loaded machine may lose a tab on its way to the test: it is asked once more.
    private static async Task<T> AskAsync<T>(Func<Task<T>> question)
    {
        try
        {
            return await question().WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            return await question().WaitAsync(Limit);
        }
    }

    /// <summary>A visit that came to no good end leaves pictures of what was open, and says what stood there.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!ended)
        {
            foreach (var (page, number) in context.Pages.Select((page, i) => (page, i)))
                await PictureAsync(page, $"failed-{TestContext.Current.TestMethod?.MethodName}-{number}");
            await TellAsync();
        }

        try
        {
            await context.DisposeAsync().AsTask().WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            // It ends with the browser.
            TestContext.Current.SendDiagnosticMessage("A browser context did not close.");
        }

        if (profile is not null)
            Directory.Delete(profile, recursive: true);
    }
}
