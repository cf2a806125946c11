using System.Net;
using Gateway.Hosting;
using Gateway.Launches;
using Gateway.Platforms;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Grades;

/// <summary>Scores, and the tokens that they are sent with, go to the platform and nowhere else.</summary>
[Trait("Requirement", "T-6")]
public sealed class LineItemOriginTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Origin_is_learned_at_the_first_graded_launch_and_a_launch_with_another_goes_in_without_a_ticket()
    {
        await ForgetAsync();
        var learned = await LearnedAsync();
        Assert.True((await stage.LaunchAsync("student-1", fixture.Engine)).TryGetProperty("score_ticket", out _));
        Assert.Equal(stage.LmsUrl, await OriginAsync());
        Assert.Equal(learned + 1, await LearnedAsync());

        // The platform's line items are elsewhere than known: the student goes in, nobody is graded, the district is told.
        await SetAsync("https://lms.example");
        var told = await ToldAsync();
        Assert.False((await stage.LaunchAsync("student-1", fixture.Engine)).TryGetProperty("score_ticket", out _));
        Assert.Equal(told + 1, await ToldAsync());
        await SetAsync(stage.LmsUrl + "/lineitems/1?type_id=1");
        Assert.True((await stage.LaunchAsync("student-1", fixture.Engine)).TryGetProperty("score_ticket", out _));
    }

    [Fact]
    public async Task Ticket_for_a_host_that_is_not_the_platforms_is_parked_before_anything_is_asked_or_sent()
    {
        var ticket = await stage.ScoreTicketAsync("student-2", fixture.Engine);
        await SetAsync("https://lms.example");
        var asked = stage.GradebookOf().Posts.Count;

        var id = IdOf(await fixture.Engine.PostScoreAsync(new(ticket, 8, 10), "elsewhere"));
        Assert.Equal("score.line_item_elsewhere", (await fixture.Engine.WaitForAsync(id, "parked")).GetProperty("code").GetString());
        Assert.Equal(asked, stage.GradebookOf().Posts.Count);
        await SetAsync(stage.LmsUrl);
    }

    [Fact]
    public async Task Ticket_from_before_origins_were_known_teaches_it_and_is_delivered()
    {
        var ticket = await stage.ScoreTicketAsync("student-3", fixture.Engine);
        await ForgetAsync();
        var id = IdOf(await fixture.Engine.PostScoreAsync(new(ticket, 7, 10), "before"));
        await fixture.Engine.WaitForAsync(id, "delivered");
        Assert.Equal(stage.LmsUrl, await OriginAsync());
    }

    [Theory]
    [InlineData(false, "https://lms.example/li/1?x=1#f", "https://lms.example")]
    [InlineData(false, "https://LMS.example:443/li", "https://lms.example")]
    [InlineData(false, "https://lms.example:8443/li", "https://lms.example:8443")]
    [InlineData(false, "http://lms.example/li", null)]
    [InlineData(true, "http://lms.example/li", "http://lms.example")]
    [InlineData(false, "https://lms.example@evil.example/li", null)]
    [InlineData(false, "https://lms.example\\@evil.example/li", null)]
    [InlineData(false, "ftp://lms.example/li", null)]
    [InlineData(false, "/li/1", null)]
    [InlineData(false, "", null)]
    public void Origin_is_scheme_host_and_port_over_https(bool allowsPrivate, string address, string? origin) =>
        Assert.Equal(origin, new LineItemOrigins(Options.Create(new GatewayOptions { AllowPrivateNetworks = allowsPrivate })).Of(address));

    [Fact]
    public async Task Redirect_of_the_platform_takes_the_token_nowhere()
    {
        var reached = 0;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(Loopback.FreeUrl());
        await using var stranger = builder.Build();
        stranger.Run(http =>
        {
            Interlocked.Increment(ref reached);
            return Task.CompletedTask;
        });
        await stranger.StartAsync(Cancellation);
        using var client = stage.Services.GetRequiredService<IHttpClientFactory>().CreateClient(OutboundGuard.ClientName);
        await using var platform = WebApplication.CreateSlimBuilder().Build();
        platform.Urls.Add(Loopback.FreeUrl());
        platform.Run(http =>
        {
            http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            http.Response.Headers.Location = stranger.Urls.First() + "/scores";
            return Task.CompletedTask;
        });
        await platform.StartAsync(Cancellation);

        using var request = new HttpRequestMessage(HttpMethod.Post, platform.Urls.First() + "/scores") { Headers = { Authorization = new("Bearer", "a-token") } };
        using var answer = await client.SendAsync(request, Cancellation);
        Assert.Equal((HttpStatusCode.TemporaryRedirect, 0), (answer.StatusCode, reached));
    }

    private static Guid IdOf(Answer answer) => answer.Json.GetProperty("id").GetGuid();

    private Task<int> PlatformAsync() => stage.Database.AskAsync<int>("select min(id) from gateway.registration");

    private Task<string> OriginAsync() => stage.Database.AskAsync<string>("select line_item_origin from gateway.registration order by id limit 1");

    private Task<long> LearnedAsync() => stage.Database.AskAsync<long>("select count(*) from gateway.audit_entry where action = 'platform.line_items_learned'");

    private Task<long> ToldAsync() => stage.Database.AskAsync<long>("select coalesce((select sum(total) from gateway.incident where kind = 'line_item_elsewhere'), 0)::bigint");

    private async Task SetAsync(string origin) =>
        Assert.True((await stage.Services.GetRequiredService<SetLineItemOrigin>().RunAsync(stage.District.Id, await PlatformAsync(), origin, Cancellation)).Succeeded);

    private async Task ForgetAsync() =>
        Assert.True((await stage.Services.GetRequiredService<SetLineItemOrigin>().RunAsync(stage.District.Id, await PlatformAsync(), null, Cancellation)).Succeeded);
}
