using System.Net;
using Gateway.Identity;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Grades;

[Trait("Requirement", "L-3.3")]
public sealed class ScoreIntakeTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;
    private readonly TestEngine engine = fixture.Engine;

    [Fact]
    public async Task The_same_key_and_content_gives_the_same_score_also_many_times_at_once()
    {
        var ticket = await stage.ScoreTicketAsync("student-1", engine);
        var token = await engine.AccessTokenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => engine.PostScoreAsync(new(ticket, 3, 4), "same key", token)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        var id = Assert.Single(answers.Select(answer => answer.Json.GetProperty("id").GetGuid()).Distinct());
        Assert.Equal($"/api/v1/scores/{id}", answers[0].Location!.OriginalString);
        await engine.WaitForAsync(id, "delivered");
        Assert.Equal([3], stage.GradesOf("student-1"));
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_a_conflict()
    {
        var ticket = await stage.ScoreTicketAsync("student-2", engine);
        await engine.PostScoreAsync(new(ticket, 3, 4), "conflicting key");

        foreach (var other in new ScoreToSend[] { new(ticket, 2, 4), new(ticket, 3, 5), new(ticket, 3, 4, "Pending"), new(await stage.ScoreTicketAsync("student-3", engine), 3, 4) })
            AssertProblem(HttpStatusCode.Conflict, "score.idempotency_conflict", await engine.PostScoreAsync(other, "conflicting key"));
    }

    [Fact]
    public async Task Each_missing_or_wrong_field_is_told_by_its_code()
    {
        var answer = await engine.PostScoreAsync(new(null, -1, 0, "Nonsense", "2999-01-01T00:00:00Z"), "a key");

        AssertProblem(HttpStatusCode.UnprocessableEntity, "score.ticket_missing", answer);
        Assert.Equal(
            ["score.ticket_missing", "score.given_invalid", "score.maximum_invalid", "score.grading_progress_unknown", "score.timestamp_in_future"],
            answer.Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("256")]
    public async Task Score_without_a_usable_key_is_refused(string? key)
    {
        var ticket = await stage.ScoreTicketAsync("student-2", engine);
        AssertProblem(HttpStatusCode.UnprocessableEntity, "score.idempotency_key_missing", await engine.PostScoreAsync(new(ticket, 1, 2), key == "256" ? new string('k', 256) : key));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("AAAAAQ")]
    [InlineData("not base64 / at all")]
    [InlineData("AAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Ticket_that_is_none_is_refused(string ticket) =>
        AssertProblem(HttpStatusCode.UnprocessableEntity, "score.ticket_invalid", await engine.PostScoreAsync(new(ticket, 1, 2), "garbage"));

    [Fact]
    public async Task Altered_ticket_is_refused()
    {
        var ticket = await stage.ScoreTicketAsync("student-2", engine);
        var altered = ticket[..60] + (ticket[60] == 'A' ? 'B' : 'A') + ticket[61..];
        AssertProblem(HttpStatusCode.UnprocessableEntity, "score.ticket_invalid", await engine.PostScoreAsync(new(altered, 1, 2), "altered"));
    }

    [Fact]
    public async Task Ticket_and_score_of_one_engine_are_nothing_to_another()
    {
        var ticket = await stage.ScoreTicketAsync("student-2", engine);
        var own = await engine.PostScoreAsync(new(ticket, 1, 2), "mine");
        using var stranger = await AddEngineAsync("other-engine");
        try
        {
            AssertProblem(HttpStatusCode.UnprocessableEntity, "score.ticket_invalid", await stranger.PostScoreAsync(new(ticket, 1, 2), "theirs"));
            AssertProblem(HttpStatusCode.NotFound, "score.unknown", await stranger.GetScoreAsync(own.Json.GetProperty("id").GetGuid()));
        }
        finally
        {
            // With two engines the district would have to say which is its own.
            await stage.Database.ExecuteAsync("delete from gateway.engine_client where id = 'other-engine'");
            stage.Services.GetRequiredService<EngineClients>().Forget();
        }
    }

    [Fact]
    public async Task Expired_ticket_is_refused()
    {
        var ticket = await stage.ScoreTicketAsync("student-2", engine);
        stage.Clock.Advance(TimeSpan.FromDays(90));
        AssertProblem(HttpStatusCode.Gone, "score.ticket_expired", await engine.PostScoreAsync(new(ticket, 1, 2), "late"));
    }

    [Fact]
    public async Task Caller_without_token_or_scope_is_refused()
    {
        var ticket = await stage.ScoreTicketAsync("student-2", engine);
        AssertProblem(HttpStatusCode.Unauthorized, "api.token_invalid", await engine.PostScoreAsync(new(ticket, 1, 2), "anonymous", ""));
        AssertProblem(HttpStatusCode.Unauthorized, "api.token_invalid", await engine.PostScoreAsync(new(ticket, 1, 2), "forged", "forged"));
        AssertProblem(HttpStatusCode.Forbidden, "api.scope_missing", await engine.PostScoreAsync(new(ticket, 1, 2), "scope", await engine.AccessTokenAsync("roster.read")));
    }

    [Fact]
    public async Task Body_that_is_no_score_is_refused_without_an_echo()
    {
        var answer = await engine.PostScoreAsync(new(7, "somebody@example.org", 2), "type");

        AssertProblem(HttpStatusCode.BadRequest, "api.request_malformed", answer);
        Assert.DoesNotContain("somebody", answer.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("POST", "/api/v1/scores", "text/plain", HttpStatusCode.UnsupportedMediaType, "api.media_type_unsupported")]
    [InlineData("POST", "/api/v1/scores", "application/json", HttpStatusCode.BadRequest, "api.request_malformed")]
    [InlineData("DELETE", "/api/v1/scores", "application/json", HttpStatusCode.MethodNotAllowed, "api.method_not_allowed")]
    [InlineData("GET", "/api/v1/nothing", "application/json", HttpStatusCode.NotFound, "api.path_unknown")]
    public async Task Request_that_the_framework_refuses_is_a_problem_with_a_code_too(string method, string path, string type, HttpStatusCode status, string code)
    {
        using var visitor = new Visitor(stage);
        var answer = await visitor.SendAsync(new HttpRequestMessage(new HttpMethod(method), stage.GatewayUrl + path)
        {
            Headers = { Authorization = new("Bearer", await engine.AccessTokenAsync()) },
            Content = method == "GET" ? null : new StringContent("{ not JSON", System.Text.Encoding.UTF8, type),
        });
        AssertProblem(status, code, answer);
    }

    private async Task<TestEngine> AddEngineAsync(string id)
    {
        Assert.Empty(await stage.Services.GetRequiredService<EngineRegistration>().RegisterAsync(
            new(id, "https://other.example/login", ["https://other.example/callback"], TestStage.EngineSecret, null, "A Test"), TestContext.Current.CancellationToken));
        return new TestEngine(stage, id);
    }

    private static void AssertProblem(HttpStatusCode status, string code, Answer answer) => Assert.Equal((status, code), (answer.Status, answer.ProblemCode));
}
