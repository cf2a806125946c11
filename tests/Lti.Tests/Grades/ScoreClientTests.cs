using Lti.Grades;
using Lti.Messages;
using Lti.Security;
using Lti.Tests.Platform;

namespace Lti.Tests.Grades;

[Trait("Requirement", "L-3.2")]
public sealed class ScoreClientTests
{
    private static readonly Score Good = new()
    {
        UserId = OpaqueIdentifier.FromUtf8("user \"7\" ü"u8),
        Timestamp = new DateTimeOffset(2026, 9, 1, 10, 0, 0, TimeSpan.FromHours(2)).AddTicks(1234567),
        ScoreGiven = 8.5m,
        ScoreMaximum = 10m,
        Comment = "Well done",
    };

    [Fact]
    public async Task Score_is_posted_as_the_specification_says()
    {
        await using var scene = await Scene.StartAsync();
        Assert.IsType<ScoreDelivered>(await PostAsync(scene));
        var posted = Assert.Single(scene.Platform.Scores);
        Assert.Equal("?type_id=3", posted.Query);
        Assert.Equal("application/vnd.ims.lis.v1.score+json", posted.ContentType);
        Assert.Equal("Bearer token-1", posted.Authorization);
        Assert.Equal("user \"7\" ü", posted.Body["userId"]!.GetValue<string>());
        Assert.Equal("2026-09-01T08:00:00.123456Z", posted.Body["timestamp"]!.GetValue<string>());
        Assert.Equal(8.5m, posted.Body["scoreGiven"]!.GetValue<decimal>());
        Assert.Equal(10m, posted.Body["scoreMaximum"]!.GetValue<decimal>());
        Assert.Equal("Completed", posted.Body["activityProgress"]!.GetValue<string>());
        Assert.Equal("FullyGraded", posted.Body["gradingProgress"]!.GetValue<string>());
        Assert.Equal("Well done", posted.Body["comment"]!.GetValue<string>());
    }

    [Fact]
    public async Task Score_without_points_reports_progress_only()
    {
        await using var scene = await Scene.StartAsync();
        Assert.IsType<ScoreDelivered>(await PostAsync(scene, Good with { ScoreGiven = null, ScoreMaximum = null, Comment = null }));
        Assert.Equal(
            ["activityProgress", "gradingProgress", "timestamp", "userId"],
            Assert.Single(scene.Platform.Scores).Body.AsObject().Select(member => member.Key).Order());
    }

    [Theory]
    [InlineData("https://lms.example/li/1", "https://lms.example/li/1/scores")]
    [InlineData("https://lms.example/li/1/", "https://lms.example/li/1/scores")]
    [InlineData("https://lms.example/li/1?a=b%2Fc&d", "https://lms.example/li/1/scores?a=b%2Fc&d")]
    [InlineData("https://lms.example/li/a%2Fb?x=/y?z#part", "https://lms.example/li/a%2Fb/scores?x=/y?z")]
    public void Scores_are_below_the_path_and_before_the_query(string lineItem, string expected)
    {
        Assert.True(LineItemUrl.TryScores(lineItem, out var scores));
        Assert.Equal(expected, scores.AbsoluteUri);
    }

    [Theory]
    [InlineData("/li/1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    public async Task Line_item_that_is_no_web_address_is_rejected(string lineItem)
    {
        await using var scene = await Scene.StartAsync();
        var delivery = await Client(scene).PostAsync(scene.Registration, lineItem, Good, Scene.Cancel);
        Assert.Equal("lti.score_line_item_invalid", Assert.IsType<ScoreRejected>(delivery).Code);
    }

    [Theory]
    [InlineData("5", null)]
    [InlineData("-1", "10")]
    [InlineData("0", "0")]
    [InlineData(null, "-5")]
    public async Task Score_that_no_platform_accepts_is_rejected_before_it_is_sent(string? given, string? maximum)
    {
        await using var scene = await Scene.StartAsync();
        var delivery = await PostAsync(scene, Good with { ScoreGiven = Number(given), ScoreMaximum = Number(maximum) });
        Assert.Equal("lti.score_invalid", Assert.IsType<ScoreRejected>(delivery).Code);
        Assert.Equal(0, scene.Platform.TokenRequests);

        static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    [Trait("Requirement", "L-3.3")]
    public async Task Unauthorized_renews_the_token_once()
    {
        await using var scene = await Scene.StartAsync();
        var client = Client(scene);
        scene.Platform.OnScore = count => new ScoreReply(count == 1 ? 401 : 200);
        Assert.IsType<ScoreDelivered>(await client.PostAsync(scene.Registration, scene.Platform.LineItem, Good, Scene.Cancel));
        Assert.Equal(["Bearer token-1", "Bearer token-2"], scene.Platform.Scores.Select(score => score.Authorization));

        scene.Platform.OnScore = _ => new ScoreReply(401);
        var rejected = Assert.IsType<ScoreRejected>(await client.PostAsync(scene.Registration, scene.Platform.LineItem, Good, Scene.Cancel));
        Assert.Equal("lti.score_unauthorized", rejected.Code);
        Assert.Equal(4, scene.Platform.Scores.Count);
    }

    [Theory]
    [InlineData(429, "", "7", "lti.score_throttled", 7)]
    [InlineData(403, "403 Forbidden (Rate Limit Exceeded)", null, "lti.score_throttled", null)]
    [InlineData(503, "", "Tue, 01 Sep 2026 08:01:00 GMT", "lti.score_platform_unavailable", 59)]
    [InlineData(500, "canary", null, "lti.score_platform_unavailable", null)]
    [InlineData(408, "", null, "lti.score_platform_unavailable", null)]
    [Trait("Requirement", "L-3.3")]
    public async Task Passing_trouble_is_tried_again_later(int status, string body, string? retryAfter, string code, int? seconds)
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.OnScore = _ => new ScoreReply(status, body, retryAfter);
        var later = Assert.IsType<ScoreRetryLater>(await PostAsync(scene));
        Assert.Equal((code, (int?)status, seconds), (later.Code, later.Status, (int?)later.RetryAfter?.TotalSeconds));
    }

    [Theory]
    [InlineData(403, "{\"message\":\"canary@school.example\"}", "lti.score_forbidden", null)]
    [InlineData(404, "canary", "lti.score_line_item_gone", null)]
    [InlineData(409, "Refusing score with an earlier timestamp for item 7 and user 9", "lti.score_outdated",
        "A newer score is already in the gradebook.")]
    [InlineData(422, "{\"errors\":\"User not found in course: canary\"}", "lti.score_rejected", "The platform does not know the person any more.")]
    [InlineData(302, "", "lti.score_redirected", null)]
    [InlineData(400, "", "lti.score_rejected", null)]
    [Trait("Requirement", "L-3.3")]
    public async Task Lasting_trouble_is_rejected_without_the_platforms_free_text(int status, string body, string code, string? reason)
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.OnScore = _ => new ScoreReply(status, body);
        var rejected = Assert.IsType<ScoreRejected>(await PostAsync(scene));
        Assert.Equal((code, (int?)status, reason), (rejected.Code, rejected.Status, rejected.PlatformReason));
    }

    [Fact]
    public async Task Scope_that_was_not_granted_is_rejected_without_a_post()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.OnToken = _ => (200, $$"""{"access_token":"t","scope":"{{LtiScopes.LineItem}}"}""");
        Assert.Equal("lti.score_scope_not_granted", Assert.IsType<ScoreRejected>(await PostAsync(scene)).Code);
        Assert.Empty(scene.Platform.Scores);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_client"}""", false)]
    [InlineData(503, "", true)]
    public async Task Trouble_with_the_token_decides_whether_to_try_again(int status, string body, bool isRetried)
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.OnToken = _ => (status, body);
        var delivery = await PostAsync(scene);
        if (isRetried) Assert.Equal("lti.token_unavailable", Assert.IsType<ScoreRetryLater>(delivery).Code);
        else Assert.Equal("lti.token_invalid_client", Assert.IsType<ScoreRejected>(delivery).Code);
    }

    [Fact]
    public async Task Platform_that_goes_away_is_tried_again_later()
    {
        await using var scene = await Scene.StartAsync();
        var client = Client(scene);
        Assert.IsType<ScoreDelivered>(await client.PostAsync(scene.Registration, scene.Platform.LineItem, Good, Scene.Cancel));
        var lineItem = scene.Platform.LineItem;
        await scene.Platform.DisposeAsync();
        var later = Assert.IsType<ScoreRetryLater>(await client.PostAsync(scene.Registration, lineItem, Good, Scene.Cancel));
        Assert.Equal(("lti.score_platform_unreachable", (int?)null), (later.Code, later.Status));
    }

    [Theory]
    [Trait("Requirement", "T-12")]
    [InlineData("1798794060", 60)]
    [InlineData("1798794060000", 60)]
    [InlineData("1798793940", 0)]
    [InlineData("7.5", 7)]
    [InlineData("-5", 0)]
    [InlineData("21601", 21600)]
    [InlineData("31536000", 21600)]
    [InlineData("99999999999999999999", 21600)]
    [InlineData("1e300", 21600)]
    [InlineData("Tue, 31 Dec 2199 23:59:59 GMT", 21600)]
    [InlineData("soon", null)]
    [InlineData("NaN", null)]
    public async Task Whatever_Retry_After_says_the_wait_is_within_six_hours(string retryAfter, int? seconds)
    {
        await using var scene = await Scene.StartAsync();
        scene.Clock.Advance(DateTimeOffset.FromUnixTimeSeconds(1798794000) - scene.Clock.Now);
        scene.Platform.OnScore = _ => new ScoreReply(429, "", retryAfter);
        var later = Assert.IsType<ScoreRetryLater>(await PostAsync(scene));
        Assert.Equal(seconds, (int?)later.RetryAfter?.TotalSeconds);
    }

    [Fact]
    [Trait("Requirement", "T-12")]
    public async Task Only_a_score_that_went_out_and_got_no_answer_may_have_arrived()
    {
        await using var scene = await Scene.StartAsync();
        var client = Client(scene);
        scene.Platform.OnScore = _ => new ScoreReply(0);
        Assert.True(Assert.IsType<ScoreRetryLater>(await client.PostAsync(scene.Registration, scene.Platform.LineItem, Good, Scene.Cancel)).MayHaveArrived);
        foreach (var status in new[] { 500, 502, 503, 504, 429 })
        {
            scene.Platform.OnScore = _ => new ScoreReply(status);
            Assert.False(Assert.IsType<ScoreRetryLater>(await client.PostAsync(scene.Registration, scene.Platform.LineItem, Good, Scene.Cancel)).MayHaveArrived);
        }

        var lineItem = scene.Platform.LineItem;
        await scene.Platform.DisposeAsync();
        var refused = Assert.IsType<ScoreRetryLater>(await client.PostAsync(scene.Registration, lineItem, Good, Scene.Cancel));
        Assert.Equal(("lti.score_platform_unreachable", false), (refused.Code, refused.MayHaveArrived));
    }

    [Theory]
    [Trait("Requirement", "T-12")]
    [InlineData(409, "Refusing score with an earlier timestamp for item 7 and user canary", false)]
    [InlineData(400, """{"errors":{"type":"bad_request","message":"Provided timestamp of 2026-09-01T08:00:00.123456Z before last updated timestamp of 2026-09-01T08:00:01.000Z"}}""", true)]
    public async Task Outdated_says_whether_the_platform_has_something_newer(int status, string body, bool hasNewer)
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.OnScore = _ => new ScoreReply(status, body);
        var rejected = Assert.IsType<ScoreRejected>(await PostAsync(scene));
        Assert.Equal(("lti.score_outdated", hasNewer), (rejected.Code, rejected.HasNewer));
    }

    [Fact]
    public void Score_prints_without_the_person() => Assert.Equal("Score(8.5/10)", Good.ToString());

    private static ValueTask<ScoreDelivery> PostAsync(Scene scene, Score? score = null) =>
        Client(scene).PostAsync(scene.Registration, scene.Platform.LineItem, score ?? Good, Scene.Cancel);

    private static ScoreClient Client(Scene scene) =>
        new(new AccessTokenClient(new FakeToolKeys(), new AccessTokenCache(scene.Clock), scene.Http, scene.Clock), scene.Http);
}
