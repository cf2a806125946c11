using System.Text.Json;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;

namespace Gateway.Tests.Grades;

[Trait("Requirement", "L-3.3")]
public sealed class ScoreDeliveryTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;
    private readonly TestEngine engine = fixture.Engine;

    [Theory]
    [InlineData("student-1", 503)]
    [InlineData("student-2", 429)]
    [InlineData("student-3", 403)]
    [InlineData("student-4", 401)]
    public async Task Score_that_the_platform_turns_away_for_now_is_delivered_later(string student, int status)
    {
        var ticket = await stage.ScoreTicketAsync(student, engine);
        stage.LmsOptions.ScoreFaults.FailNext(1, status);

        var id = IdOf(await engine.PostScoreAsync(new(ticket, 8, 10), $"turned away with {status}"));
        var delivered = await engine.WaitForAsync(id, "delivered");

        Assert.Equal([8], stage.GradesOf(student));
        Assert.False(delivered.TryGetProperty("code", out _));
        // A 401 renews the token and posts again within the same try.
        Assert.Equal(status == 401 ? 1 : 2, await stage.Database.AskAsync<int>($"select attempts from gateway.score_delivery where id = '{id}'"));
    }

    [Fact]
    [Trait("Requirement", "L-3.1")]
    public async Task Score_waits_while_the_platform_gives_no_token_and_goes_once_it_does()
    {
        await using var own = await TestStage.StartAsync();
        using var sender = new TestEngine(own);
        var ticket = await own.ScoreTicketAsync("student-1", sender);
        var keys = own.LmsOptions.ToolJwksUrl;
        own.LmsOptions.ToolJwksUrl = $"{own.GatewayUrl}/not/there";

        var id = IdOf(await sender.PostScoreAsync(new(ticket, 8, 10), "no token"));
        await Until.TrueAsync(() => own.Database.AskAsync<bool>($"select coalesce(code like 'lti.token%', false) from gateway.score_delivery where id = '{id}'"), "a try without a token");
        Assert.Equal("pending", (await sender.GetScoreAsync(id)).Json.GetProperty("state").GetString());
        own.LmsOptions.ToolJwksUrl = keys;

        await sender.WaitForAsync(id, "delivered");
        Assert.Equal([8], own.GradesOf("student-1"));
    }

    [Fact]
    public async Task Score_for_a_column_that_is_gone_is_parked_with_its_code()
    {
        var ticket = await stage.ScoreTicketAsync("student-6", engine);
        stage.LmsOptions.ScoreFaults.FailNext(1, 404);

        var status = await engine.WaitForAsync(IdOf(await engine.PostScoreAsync(new(ticket, 8, 10), "gone")), "parked");

        Assert.Equal("lti.score_line_item_gone", status.GetProperty("code").GetString());
        Assert.Empty(stage.GradesOf("student-6"));
    }

    [Fact]
    [Trait("Requirement", "L-3.2")]
    public async Task Scores_of_one_learner_and_column_keep_their_order()
    {
        var ticket = await stage.ScoreTicketAsync("student-7", engine);
        var again = await stage.ScoreTicketAsync("student-7", engine);
        stage.LmsOptions.ScoreFaults.FailNext(1, 503);

        for (var i = 1; i <= 3; i++)
        {
            var id = IdOf(await engine.PostScoreAsync(new(i % 2 == 0 ? again : ticket, i, 10), $"ordered {i}"));
            await engine.WaitForAsync(id, "delivered");
        }

        Assert.Equal([1, 2, 3], stage.GradesOf("student-7"));
    }

    [Fact]
    [Trait("Requirement", "L-3.4")]
    public async Task A_delivered_score_leaves_neither_score_nor_ticket_behind()
    {
        var ticket = await stage.ScoreTicketAsync("student-8", engine);
        stage.LmsOptions.ScoreFaults.FailNext(1, 503);
        var id = IdOf(await engine.PostScoreAsync(new(ticket, 7.25, 10), "traces"));

        await engine.WaitForAsync(id, "delivered");

        var row = await stage.Database.AskAsync<string>($"select to_jsonb(s)::text from gateway.score_delivery s where id = '{id}'");
        var columns = JsonDocument.Parse(row).RootElement;
        Assert.Equal(JsonValueKind.Null, columns.GetProperty("sealed_score").ValueKind);
        Assert.Equal("delivered", columns.GetProperty("state").GetString());
        Assert.DoesNotContain("7.25", row, StringComparison.Ordinal);
        Assert.DoesNotContain(ticket[8..40], row, StringComparison.Ordinal);
    }

    private static Guid IdOf(Answer answer) => answer.Json.GetProperty("id").GetGuid();
}
