using System.Text.Json;
using Gateway.Stage;
using Samples.Demo;

namespace Gateway.Tests.EndToEnd;

public sealed class WholeWayTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    // Every row that a launch writes, by the transaction that wrote it last.
    private const string Transactions = """
        select coalesce(array_agg(distinct t), '{}') from (
          select xmin::text t from gateway.learner union all select xmin::text from gateway.learner_identity
          union all select xmin::text from gateway.launch union all select xmin::text from gateway.spent_value
          union all select xmin::text from gateway.change union all select xmin::text from gateway.deployment) as written
        """;

    private readonly TestStage stage = fixture.Stage;
    private readonly TestEngine engine = fixture.Engine;

    [Fact]
    public async Task A_students_click_ends_in_an_id_token_with_exactly_these_claims()
    {
        var claims = await stage.LaunchAsync("student-1", engine);

        Assert.Equal(["aud", "auth_time", "district", "exp", "iat", "iss", "launch", "nonce", "return_url", "role", "score_ticket", "sub"], NamesIn(claims));
        Assert.Equal(["context_id", "message_type", "resource_link_id"], NamesIn(claims.GetProperty("launch")));
        Assert.Equal("student", claims.GetProperty("role").GetString());
        Assert.Equal(TestStage.DistrictSlug, claims.GetProperty("district").GetString());
        Assert.Equal(TestStage.EngineId, claims.GetProperty("aud").GetString());
        Assert.Equal("LtiResourceLinkRequest", claims.GetProperty("launch").GetProperty("message_type").GetString());
        Assert.Equal("link-fractions", claims.GetProperty("launch").GetProperty("resource_link_id").GetString());
    }

    [Fact]
    public async Task A_teacher_is_a_teacher_and_gets_no_score_ticket()
    {
        var claims = await stage.LaunchAsync("teacher", engine);

        Assert.Equal("teacher", claims.GetProperty("role").GetString());
        Assert.Equal(["aud", "auth_time", "district", "exp", "iat", "iss", "launch", "nonce", "return_url", "role", "sub"], NamesIn(claims));
    }

    [Fact]
    [Trait("Requirement", "L-3.4")]
    public async Task A_score_sent_with_the_ticket_stands_in_the_gradebook()
    {
        var ticket = await stage.ScoreTicketAsync("student-2", engine);

        var accepted = await engine.PostScoreAsync(new(ticket, 17, 20), "whole way");
        await engine.WaitForAsync(accepted.Json.GetProperty("id").GetGuid(), "delivered");

        var shown = stage.GradebookOf().ShownFor("1", stage.PersonOf("student-2").UserId)!;
        Assert.Equal((17.0, 20.0), (shown.ScoreGiven, shown.ScoreMaximum));
    }

    [Fact]
    public async Task A_browser_that_clicks_the_link_lands_in_the_practice()
    {
        using var browser = new Browser();
        await browser.SendAsync(
            new Uri($"{stage.LmsUrl}/signin"), new Dictionary<string, string> { ["person"] = "student-3", ["password"] = "made-up" }, TestContext.Current.CancellationToken);

        var page = await browser.OpenAsync($"{stage.LmsUrl}/launch/link-fractions", TestContext.Current.CancellationToken);

        Assert.Equal(new Uri(stage.EngineUrl).Authority, page.Address.Authority);
        Assert.Equal("student", Browser.TextOf(page, "role"));
        Assert.Equal(22, Browser.TextOf(page, "learner-id")!.Length);
    }

    [Fact]
    [Trait("Requirement", "P-1.2")]
    public async Task A_first_launch_writes_these_rows_in_two_commits_and_a_second_one_less()
    {
        // The district's very first change makes its row in feed_position.
        await stage.LaunchAsync("student-6", engine);
        await using var held = await stage.HoldJobsAsync();
        var (none, before) = (await stage.Database.RowCountsAsync(), await stage.Database.AskAsync<string[]>(Transactions));
        var first = await stage.LaunchAsync("student-4", engine);
        var (one, between) = (await stage.Database.RowCountsAsync(), await stage.Database.AskAsync<string[]>(Transactions));
        var second = await stage.LaunchAsync("student-4", engine);
        var two = await stage.Database.RowCountsAsync();

        Assert.Equal(["change +1", "launch +1", "learner +1", "learner_identity +2", "spent_value +2"], Added(none, one));
        Assert.Equal(2, between.Except(before).Count());
        Assert.Equal(["launch +1", "spent_value +2"], Added(one, two));
        Assert.Equal(first.GetProperty("sub").GetString(), second.GetProperty("sub").GetString());
    }

    [Fact]
    [Trait("Requirement", "L-1.2")]
    public async Task A_link_with_a_path_leads_to_that_page_of_the_engine_and_to_no_other_origin()
    {
        try
        {
            stage.LmsOptions.ToolTargetLinkUrl = $"{stage.GatewayUrl}/lti/launch?path=/practice%3Fquiz=7";
            var led = await stage.LaunchAsync("student-5", engine);
            stage.LmsOptions.ToolTargetLinkUrl = $"{stage.GatewayUrl}/lti/launch?path=//evil.example/practice";
            var misled = await stage.LaunchAsync("student-5", engine);

            Assert.Equal($"{stage.EngineUrl}/practice?quiz=7", led.GetProperty("target_link_uri").GetString());
            Assert.False(misled.TryGetProperty("target_link_uri", out _));
        }
        finally
        {
            stage.LmsOptions.ToolTargetLinkUrl = null;
        }
    }

    private static IEnumerable<string> NamesIn(JsonElement claims) => claims.EnumerateObject().Select(c => c.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Added(Dictionary<string, long> before, Dictionary<string, long> after) =>
        after.Where(table => table.Value != before[table.Key]).Select(table => $"{table.Key} {table.Value - before[table.Key]:+0;-0}");
}
