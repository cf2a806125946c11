using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Gateway.Hosting;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Launches;

/// <summary>A hand-off is good in the browser that launched, and nowhere else.</summary>
[Trait("Requirement", "T-5")]
public sealed class HandOffBindingTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;
    private readonly TestEngine engine = fixture.Engine;

    [Fact]
    public async Task Browser_that_launched_signs_in()
    {
        var launch = await LaunchAsync("student-1");

        var authorized = await engine.AuthorizeAsync(launch.Location!, launch.KeptCookies);
        Assert.NotNull(CodeOf(authorized));
        var ended = Assert.Single(authorized.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith(launch.KeptCookies.Split('=')[0] + "=;", ended, StringComparison.Ordinal);
        Assert.Contains("max-age=0", ended, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Another_browser_with_the_same_hint_is_told_so_and_gets_nothing()
    {
        var (mine, others) = (await LaunchAsync("student-1"), await LaunchAsync("student-2"));
        using var counted = new Counted(stage);

        // Nothing at all, what another launch of this browser left, the right name with another value, the right value under another name.
        var right = mine.KeptCookies.Split('=');
        foreach (var cookies in new[] { "", others.KeptCookies, $"{right[0]}=AAAAAAAAAAAAAAAAAAAAAA", $"{right[0]}=", $"{others.KeptCookies.Split('=')[0]}={right[1]}" })
        {
            var answer = await engine.AuthorizeAsync(mine.Location!, cookies);
            Assert.Null(CodeOf(answer));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            var said = QueryHelpers.ParseQuery(answer.Location!.Query);
            Assert.Equal("login_required", said["error"]);
            Assert.StartsWith("identity.browser_mismatch: ", said["error_description"].ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(Enumerable.Repeat("identity.browser_mismatch", 5), counted.Outcomes);
        Assert.Contains(stage.Log.Entries, line => line.IsOwn && line.Text.Contains("login_required (identity.browser_mismatch", StringComparison.Ordinal));
        // The attempt has not spoiled it for the browser that launched.
        Assert.NotNull(CodeOf(await engine.AuthorizeAsync(mine.Location!, mine.KeptCookies)));
    }

    [Fact]
    public async Task Launches_in_several_tabs_do_not_overwrite_each_others_cookie()
    {
        var (first, second) = (await LaunchAsync("student-1"), await LaunchAsync("student-1"));

        Assert.NotEqual(first.KeptCookies.Split('=')[0], second.KeptCookies.Split('=')[0]);
        var both = $"{first.KeptCookies}; {second.KeptCookies}";
        Assert.NotNull(CodeOf(await engine.AuthorizeAsync(first.Location!, both)));
        Assert.NotNull(CodeOf(await engine.AuthorizeAsync(second.Location!, both)));
    }

    [Fact]
    public async Task Browser_without_cookies_signs_in_within_a_minute_and_once()
    {
        using var visitor = await Visitor.SignInAsync(stage, "student-3");
        var way = new CookielessWay(stage, visitor);
        var (login, launch) = await way.PrepareAsync();
        var accepted = await way.SendAsync(launch, CookielessWay.DataOf(login, "value"), "same-origin");

        Assert.Equal("", accepted.KeptCookies);
        await engine.SignInAsync(accepted.Onward!);
        await Assert.ThrowsAnyAsync<Exception>(() => engine.SignInAsync(accepted.Onward!));
        (login, launch) = await way.PrepareAsync();
        accepted = await way.SendAsync(launch, CookielessWay.DataOf(login, "value"), "same-origin");
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("login_required", QueryHelpers.ParseQuery((await engine.AuthorizeAsync(accepted.Onward!, "")).Location!.Query)["error"]);
    }

    [Fact]
    public async Task Cookie_is_kept_in_frames_by_no_script_and_not_longer_than_the_ticket()
    {
        var launch = await LaunchAsync("student-1");
        var given = launch.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("lti-to-", StringComparison.Ordinal));

        foreach (var attribute in new[] { "httponly", "secure", "samesite=none", "partitioned", "path=/", "max-age=60" })
            Assert.Contains(attribute, given, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<Answer> LaunchAsync(string login)
    {
        using var visitor = await Visitor.SignInAsync(stage, login);
        var launch = await visitor.SendAsync(await visitor.PrepareAsync());
        Assert.Equal(HttpStatusCode.SeeOther, launch.Status);
        return launch;
    }

    private static string? CodeOf(Answer authorized) => QueryHelpers.ParseQuery(authorized.Location!.Query).TryGetValue("code", out var code) ? code.ToString() : null;

    private sealed class Counted : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly ConcurrentQueue<string> outcomes = new();

        public Counted(TestStage stage)
        {
            var mine = stage.Services.GetRequiredService<GatewayMetrics>();
            listener.InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Scope == mine && instrument.Name == "gateway.authorizations")
                    own.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, _, tags, _) => outcomes.Enqueue($"{tags[0].Value}"));
            listener.Start();
        }

        public IReadOnlyCollection<string> Outcomes => outcomes;

        public void Dispose() => listener.Dispose();
    }
}
