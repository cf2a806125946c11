using Browser.Tests.Browsing;
using Gateway.Stage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Launches;

/// <summary>
/// Somebody's page frames the gateway in another person's browser, with everything in hand that a login of their own gave them, and
/// answers for the platform's storage.
/// </summary>
[Collection(SiteCollection.Name)]
[Trait("Requirement", "L-1.4")]
public sealed class HostilePageTests(Site site) : IAsyncLifetime
{
    // Answers whatever it hears with success and with the binding of the attacker's own login, and before it is asked, too.
    private const string Answering = """
        <!doctype html><html lang=en><title>Hostile</title><link rel=icon href='data:,'><body>
        <script>
        window.heard = []; window.binding = "";
        const answer = (to, subject, id) => to.postMessage({ subject: subject + ".response", message_id: id, value: window.binding,
          supported_messages: [{ subject: "lti.put_data", frame: "_parent" }, { subject: "lti.get_data", frame: "_parent" }] }, "*");
        addEventListener("message", e => { window.heard.push(e.data); answer(e.source, e.data.subject, e.data.message_id);
          answer(e.source, "lti.put_data", e.data.message_id); answer(e.source, "lti.get_data", e.data.message_id); });
        function frame(build) { const f = document.createElement("iframe"); f.name = "victim"; document.body.append(f); build(f); }
        function open(url) { frame(f => { f.src = url; }); }
        function post(url, fields) { frame(() => { const form = document.createElement("form"); form.method = "post"; form.action = url; form.target = "victim";
          for (const name in fields) { const i = document.createElement("input"); i.type = "hidden"; i.name = name; i.value = fields[name]; form.append(i); }
          document.body.append(form); form.submit(); }); }
        </script></body></html>
        """;

    private WebApplication server = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapGet("/", () => Results.Content(Answering, "text/html"));
        await server.StartAsync();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Page_that_is_not_the_platform_never_hears_the_binding_and_cannot_answer_for_the_storage()
    {
        await using var visit = await site.NewVisitAsync(CookieRule.Blocked);
        var page = await OpenHostileAsync(visit);
        using var attacker = await Visitor.SignInAsync(site.Stage, "student-13");
        var (action, fields) = await attacker.ClickAsync();
        fields["lti_storage_target"] = "_parent";

        await page.EvaluateAsync("([url, fields]) => post(url, fields)", new object[] { action.AbsoluteUri, fields });

        await Expect(page.FrameLocator("iframe").Locator("#lti-launch")).ToHaveAttributeAsync("data-state", "offer");
        var heard = await page.EvaluateAsync<string>("JSON.stringify(window.heard)");
        Assert.Contains("lti.capabilities", heard, StringComparison.Ordinal);
        Assert.DoesNotContain("put_data", heard, StringComparison.Ordinal);
        Assert.DoesNotContain("\"value\"", heard, StringComparison.Ordinal);
        ShouldHaveBeenClean(visit);
    }

    [Fact]
    public async Task Launch_of_the_attacker_with_a_forged_storage_does_not_sign_the_other_person_in()
    {
        await using var visit = await site.NewVisitAsync(CookieRule.Blocked);
        var page = await OpenHostileAsync(visit);
        var (launch, binding) = await AttackersLaunchAsync();
        var before = await LaunchesAsync();

        await page.EvaluateAsync("([url, fields, binding]) => { window.binding = binding; post(url, fields); }", new object[]
        {
            launch.Action.AbsoluteUri, new Dictionary<string, string> { ["id_token"] = launch.IdToken, ["state"] = launch.State }, binding,
        });

        await Expect(page.FrameLocator("iframe").GetByTestId("code")).ToHaveTextAsync("lti.browser_mismatch");
        Assert.Equal(before, await LaunchesAsync());
        ShouldHaveBeenClean(visit);
    }

    [Fact]
    public async Task Binding_posted_from_another_site_does_not_sign_the_other_person_in()
    {
        await using var visit = await site.NewVisitAsync();
        var page = await OpenHostileAsync(visit);
        var (launch, binding) = await AttackersLaunchAsync();
        var before = await LaunchesAsync();

        await page.EvaluateAsync("([url, fields]) => post(url, fields)", new object[]
        {
            launch.Action.AbsoluteUri, new Dictionary<string, string> { ["id_token"] = launch.IdToken, ["state"] = launch.State, ["binding"] = binding },
        });

        await Expect(page.FrameLocator("iframe").GetByTestId("code")).ToHaveTextAsync("lti.browser_mismatch");
        Assert.Equal(before, await LaunchesAsync());
        ShouldHaveBeenClean(visit);
    }

    private async Task<IPage> OpenHostileAsync(Visit visit)
    {
        var page = await visit.NewPageAsync();
        await page.GotoAsync(server.Urls.First());
        return page;
    }

    private async Task<(PreparedLaunch Launch, string Binding)> AttackersLaunchAsync()
    {
        using var attacker = await Visitor.SignInAsync(site.Stage, "student-13");
        var (login, launch) = await new CookielessWay(site.Stage, attacker).PrepareAsync();
        return (launch, CookielessWay.DataOf(login, "value")!);
    }

    // The browser itself says on the console that a message for the platform was not given to this page.
    private void ShouldHaveBeenClean(Visit visit) =>
        visit.ShouldHaveBeenClean(site.Stage.GatewayUrl + "/lti/launch", "The target origin provided");

    private Task<long> LaunchesAsync() => site.Stage.Database.AskAsync<long>("select count(*) from gateway.launch");
}
