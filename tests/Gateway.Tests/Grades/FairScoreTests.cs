using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Samples.Lms.Services;

namespace Gateway.Tests.Grades;

/// <summary>What takes nothing holds up its own scores alone, and none for longer than a week.</summary>
[Trait("Requirement", "T-12")]
public sealed class FairScoreTests : IClassFixture<StageFixture>
{
    private readonly TestStage stage;
    private readonly TestEngine engine;
    private readonly ScoreScene scene;

    public FairScoreTests(StageFixture fixture)
    {
        (stage, engine) = (fixture.Stage, fixture.Engine);
        scene = new(stage, engine);
        stage.LmsOptions.GradebookHabit = GradebookHabit.Moodle43;
        stage.LmsOptions.ScoreFaults.FailNext(0, 200);
    }

    [Fact]
    public async Task A_grade_that_is_locked_is_parked_within_hours_and_holds_up_nobody()
    {
        var user = stage.PersonOf("student-1").UserId;
        var ticket = await stage.ScoreTicketAsync("student-1", engine);
        stage.GradebookOf().Lock(Gradebook.FractionsId, user);
        var locked = await scene.SendAsync(ticket, 4);
        await scene.TriedAsync(locked, 1);
        // Others go through meanwhile.
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        await engine.WaitForAsync(await scene.SendAsync(await stage.ScoreTicketAsync("student-2", engine), 5), "delivered");

        for (var tries = 2; tries < 8; tries++)
        {
            await scene.PassWaitAsync(locked);
            await scene.TriedAsync(locked, tries);
        }

        // Eight tries within minutes are no reason yet.
        await scene.PassWaitAsync(locked);
        await scene.TriedAsync(locked, 8);
        stage.Clock.Advance(TimeSpan.FromHours(2));

        var status = await engine.WaitForAsync(locked, "parked");
        Assert.Equal(("lti.score_platform_error", 500), (ScoreScene.CodeOf(status), status.GetProperty("platformStatus").GetInt32()));
        // Nor is a later score of the same learner and column held up once it is unlocked.
        stage.GradebookOf().Lock(Gradebook.FractionsId, user, locked: false);
        await engine.WaitForAsync(await scene.SendAsync(ticket, 6), "delivered");
        Assert.Equal([6], stage.GradesOf("student-1"));
        Assert.Equal("superseded", (await scene.StandsAsync(locked)).State);
    }

    [Fact]
    public async Task A_platform_that_asks_to_be_left_alone_is_for_all_its_scores()
    {
        stage.LmsOptions.ScoreFaults.FailNext(1, 429, 3600);
        var first = await scene.SendAsync(await stage.ScoreTicketAsync("student-3", engine), 1);
        await scene.TriedAsync(first, 1);
        var other = await scene.SendAsync(await stage.ScoreTicketAsync("student-4", engine), 2);
        // Round upon round, and it is not tried.
        Assert.Equal(0L, await stage.Database.AskAsync<long>($"select count(*) from gateway.due_lanes('{Now()}', '{Now(-7)}', 16)"));
        Assert.Equal(0, await stage.Database.AskAsync<int>($"select attempts from gateway.score_delivery where id = '{other}'"));

        await scene.PassWaitAsync(first);
        await engine.WaitForAsync(first, "delivered");
        await engine.WaitForAsync(other, "delivered");
    }

    [Theory]
    [InlineData("99999999999999")]
    [InlineData("Tue, 31 Dec 2199 23:59:59 GMT")]
    [InlineData("1e300")]
    public async Task Whatever_the_platform_asks_for_the_next_try_is_within_six_hours(string retryAfter)
    {
        var student = $"student-{5 + (retryAfter.Length % 3)}";
        stage.LmsOptions.ScoreFaults.FailNext(1, 429, retryAfter);
        var id = await scene.SendAsync(await stage.ScoreTicketAsync(student, engine), 1);
        await scene.TriedAsync(id, 1);

        Assert.InRange(
            await stage.Database.AskAsync<double>($"select extract(epoch from next_attempt_at - '{Now()}')::float8 from gateway.score_delivery where id = '{id}'"), 5 * 3600, 6 * 3600);
        await scene.PassWaitAsync(id);
        await engine.WaitForAsync(id, "delivered");
    }

    [Fact]
    public async Task A_Retry_After_that_is_a_time_since_1970_is_that_time()
    {
        stage.LmsOptions.ScoreFaults.FailNext(1, 429, (stage.Clock.GetUtcNow() + TimeSpan.FromMinutes(1)).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        var id = await scene.SendAsync(await stage.ScoreTicketAsync("student-8", engine), 1);
        await scene.TriedAsync(id, 1);

        Assert.InRange(
            await stage.Database.AskAsync<double>($"select extract(epoch from next_attempt_at - '{Now()}')::float8 from gateway.score_delivery where id = '{id}'"), 1, 90);
        await scene.PassWaitAsync(id);
        await engine.WaitForAsync(id, "delivered");
    }

    [Fact]
    public async Task A_score_is_parked_a_week_after_it_was_taken_whatever_its_platform_asked_for()
    {
        stage.LmsOptions.ScoreFaults.FailNext(int.MaxValue, 429, 20_000);
        var tried = await scene.SendAsync(await stage.ScoreTicketAsync("student-9", engine), 1);
        await scene.TriedAsync(tried, 1);
        var untried = await scene.SendAsync(await stage.ScoreTicketAsync("student-10", engine), 1);
        Assert.True(await stage.Database.AskAsync<bool>($"select next_attempt_at <= accepted_at + interval '7 days' from gateway.score_delivery where id = '{tried}'"));
        stage.Clock.Advance(TimeSpan.FromDays(7));

        var status = await engine.WaitForAsync(tried, "parked");
        Assert.Equal(("lti.score_throttled", 429), (ScoreScene.CodeOf(status), status.GetProperty("platformStatus").GetInt32()));
        await engine.WaitForAsync(untried, "parked");
    }

    [Fact]
    public async Task A_platform_with_hundreds_of_scores_leaves_the_first_places_to_others()
    {
        await using var own = await TestStage.StartAsync();
        using var sender = new TestEngine(own);
        await own.LaunchAsync("student-1", sender);
        // Far ahead of the delivery's own clock, so that only this question sees them.
        var later = own.Clock.GetUtcNow() + TimeSpan.FromDays(1);
        await own.Database.ExecuteAsync($"""
            insert into gateway.registration (district_id, kind, issuer, client_id, authorization_endpoint, token_endpoint, jwks_uri, namespace, learns_deployments, created_at)
              select district_id, 'other', 'https://busy.example', 'c', 'https://a', 'https://t', 'https://j', 'n', false, now() from gateway.registration limit 1;
            insert into gateway.score_delivery (id, district_id, client_id, idempotency_hash, content_hash, learner_id, registration_id, lane, sealed_score, state, next_attempt_at, accepted_at)
              select gen_random_uuid(), l.district_id, '{TestStage.EngineId}', gen_random_uuid(), gen_random_uuid(), l.learner_id, r.id, gen_random_uuid(), '\x00', 'pending', '{later:O}', now()
              from gateway.launch l, gateway.registration r, generate_series(1, 500) where r.issuer = 'https://busy.example';
            insert into gateway.score_delivery (id, district_id, client_id, idempotency_hash, content_hash, learner_id, registration_id, lane, sealed_score, state, next_attempt_at, accepted_at)
              select gen_random_uuid(), l.district_id, '{TestStage.EngineId}', gen_random_uuid(), gen_random_uuid(), l.learner_id, l.registration_id, gen_random_uuid(), '\x00', 'pending', '{later.AddHours(1):O}', now()
              from gateway.launch l
            """);

        var due = await own.Database.AskAsync<string[]>(
            $"select array_agg(r.issuer) from gateway.due_lanes('{later.AddHours(2):O}', '{later.AddDays(-7):O}', 16) with ordinality d join gateway.registration r on r.id = d.registration_id where d.ordinality <= 2");
        Assert.Equal(["https://busy.example", own.LmsUrl], due.Order(StringComparer.Ordinal).OrderByDescending(issuer => issuer.StartsWith("https", StringComparison.Ordinal)));
        Assert.Equal(17L, await own.Database.AskAsync<long>($"select count(*) from gateway.due_lanes('{later.AddHours(2):O}', '{later.AddDays(-7):O}', 16)"));
    }

    private string Now(int days = 0) => stage.Clock.GetUtcNow().AddDays(days).ToString("O");
}
