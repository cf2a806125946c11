using System.Net;
using Gateway.Engine;
using Gateway.Identity;
using Gateway.Stage;
using static Gateway.Tests.Engine.EngineStage;

namespace Gateway.Tests.Engine;

/// <summary>What becomes of everything that hangs on an engine, and of what another engine had, when an operator decides.</summary>
[Trait("Requirement", "T-18")]
public sealed class RemoveEngineTests : IAsyncLifetime
{
    private readonly EngineStage there = new();

    private TestDatabase Database => there.Stage.Database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => there.InitializeAsync();

    public ValueTask DisposeAsync() => there.DisposeAsync();

    [Fact]
    public async Task Engine_in_use_is_removed_only_with_what_goes_named()
    {
        await PendingScoreAsync();

        var refused = await RemoveAsync();
        var half = await RemoveAsync(RemoveEngine.Districts);
        Assert.Equal(["client.in_use", "client.in_use"], [Assert.Single(refused.Failures).Code, Assert.Single(half.Failures).Code]);
        Assert.Contains($"districts: {TestStage.DistrictSlug}; scores: 1 scores", refused.Failures[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("districts:", half.Failures[0].Message, StringComparison.Ordinal);
        Assert.True(await Database.AskAsync<bool>($"select suspended_at is null from gateway.engine_client where id = '{TestStage.EngineId}'"));

        var removed = await RemoveAsync(RemoveEngine.Districts, RemoveEngine.Scores);

        var use = Assert.Single(removed.Value);
        Assert.Equal((TestStage.DistrictSlug, true, 1L), (use.District, use.Launches, use.Scores));
        Assert.Equal("parked score.engine_removed", await Database.AskAsync<string>("select state || ' ' || code from gateway.score_delivery"));
        Assert.Equal(0, await Database.AskAsync<long>($"select count(*) from gateway.engine_credential where client_id = '{TestStage.EngineId}'"));
        Assert.Equal(0, await Database.AskAsync<int>($"select length(sealed_id_key) from gateway.engine_client where id = '{TestStage.EngineId}'"));
        Assert.False(await Database.AskAsync<bool>($"select enabled from gateway.engine_mapping where client_id = '{TestStage.EngineId}' order by version desc limit 1"));
        Assert.Equal(1, await Database.AskAsync<long>("select count(*) from gateway.audit_entry where action = 'engine.removed'"));
        Assert.Equal("client.unknown", Assert.Single((await RemoveAsync()).Failures).Code);
        // Its id is never given to another.
        Assert.Equal("client.exists", Assert.Single(await there.Get<EngineRegistration>().RegisterAsync(
            new(TestStage.EngineId, "https://e.example/login", ["https://e.example/callback"], TestStage.EngineSecret, null, "A Test"), Cancellation)).Code);
    }

    [Fact]
    public async Task Engine_that_is_left_does_not_get_the_districts_of_the_removed_one_without_a_decision()
    {
        await Database.ExecuteAsync("insert into gateway.district (slug, name, time_zone, created_at) values ('undecided', 'Undecided', 'UTC', now())");

        Assert.True((await RemoveAsync(RemoveEngine.Districts)).Succeeded);
        there.Stage.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, await Database.AskAsync<long>($"select count(*) from gateway.engine_districts('{OtherId}')"));
        using (var visitor = await Visitor.SignInAsync(there.Stage, "student-1"))
            Assert.Equal("launch.engine_unavailable", (await visitor.SendAsync(await visitor.PrepareAsync())).PageCode);
        AssertProblem(HttpStatusCode.NotFound, "api.district_unknown", await there.Other.GetAsync($"{Root}/classes"));

        // The next one that the district decides for is its own.
        await there.ChangeAsync(new(OtherId, "A. Dult") { Enabled = true });
        there.Stage.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("student", (await there.Stage.LaunchAsync("student-1", there.Other)).GetProperty("role").GetString());
    }

    [Fact]
    public async Task Erasure_waits_for_no_engine_that_was_removed()
    {
        await there.Stage.LaunchAsync("student-1", there.Engine);
        await there.ChangeAsync(new(OtherId, "A. Dult") { Enabled = true });
        var (first, second) = (await EraseAsync(), "");
        Assert.Contains("erasures: 1", Assert.Single((await RemoveAsync(RemoveEngine.Districts)).Failures).Message, StringComparison.Ordinal);

        Assert.True((await RemoveAsync(RemoveEngine.Districts, RemoveEngine.Erasures)).Succeeded);
        second = await EraseAsync();

        Assert.Equal("test-engine other-engine", first);
        Assert.Equal("other-engine", second);
    }

    [Fact]
    public async Task Scores_and_events_of_a_suspended_engine_wait_until_it_is_resumed()
    {
        await PendingScoreAsync();
        await Database.ExecuteAsync($"""
            insert into gateway.engine_webhook (client_id, url, sealed_secret, disabled_at, disabled_code, created_at) values ('{TestStage.EngineId}', 'https://e.example/hook', '\x00', now(), 'test', now());
            insert into gateway.webhook_event (id, district_id, client_id, type, created_at, state, offered_at, next_attempt_at)
            values (gen_random_uuid(), {there.District}, '{TestStage.EngineId}', 'roster.changed', now(), 'pending', now(), now())
            """);
        // The services that send look only at what these two give them; the webhook is in use in the eyes of the question alone.
        const string due = """
            begin;
            update gateway.engine_webhook set disabled_at = null, disabled_code = null;
            create temp table seen on commit drop as
            select (select count(*) from gateway.due_webhooks('9000-01-01', 10)) || ' ' || (select count(*) from gateway.unannounced_feeds())
              || ' ' || (select count(*) from gateway.due_lanes('9000-01-01', '8999-12-25', 10)) as line;
            """;
        async Task<string> DueAsync() => await Database.AskAsync<string>($"{due} select line from seen; rollback");
        var suspend = there.Get<SuspendEngine>();
        Assert.Equal("1 1 1", await DueAsync());

        Assert.True((await suspend.RunAsync(TestStage.EngineId, suspend: true, Cancellation)).Value);
        Assert.False((await suspend.RunAsync(TestStage.EngineId, suspend: true, Cancellation)).Value);
        Assert.Equal("0 0 0", await DueAsync());

        Assert.True((await suspend.RunAsync(TestStage.EngineId, suspend: false, Cancellation)).Value);
        Assert.Equal("1 1 1", await DueAsync());
        Assert.Equal("client.unknown", Assert.Single((await suspend.RunAsync("nobody", suspend: false, Cancellation)).Failures).Code);
    }

    [Fact]
    public async Task Engine_that_had_a_district_as_its_own_keeps_it_on_record_when_another_takes_the_launches()
    {
        await Database.ExecuteAsync($"insert into gateway.district (slug, name, time_zone, engine_client_id, created_at) values ('maple', 'Maple', 'UTC', '{TestStage.EngineId}', now())");
        var maple = await Database.AskAsync<int>("select id from gateway.district where slug = 'maple'");
        Assert.Equal([new(OtherId, false, null, false), new(TestStage.EngineId, true, ["role"], false)], await ChoicesAsync(maple), Same);

        var enabled = await InProcessCommand.RunAsync(
            there.Stage.EnvironmentSettings(), "client", "enable", "maple", OtherId, "--launches", "--by", "Ada Example");

        Assert.Equal([new(OtherId, true, ["role"], true), new(TestStage.EngineId, false, ["role"], true)], await ChoicesAsync(maple), Same);
        Assert.Equal("Ada Example", await Database.AskAsync<string>($"select changed_by from gateway.engine_mapping where district_id = {maple} and client_id = '{TestStage.EngineId}'"));
        Assert.Equal(2, await Database.AskAsync<long>($"select count(*) from gateway.audit_entry where district_id = {maple} and action in ('engine.kept', 'engine.enabled')"));
        Assert.Contains($"before: {TestStage.EngineId}: class membership, role; launches (nobody decided it", enabled.Output, StringComparison.Ordinal);
        Assert.Contains($"now:    {TestStage.EngineId}: class membership, role{Environment.NewLine}", enabled.Output, StringComparison.Ordinal);
        Assert.Contains($"now:    {OtherId}: class membership, role; launches{Environment.NewLine}", enabled.Output, StringComparison.Ordinal);
    }

    private static bool Same(EngineChoice one, EngineChoice other) =>
        (one.ClientId, one.Launches, one.Decided, string.Join(' ', one.Fields ?? ["nothing"])) == (other.ClientId, other.Launches, other.Decided, string.Join(' ', other.Fields ?? ["nothing"]));

    private Task<List<EngineChoice>> ChoicesAsync(int district) => there.Get<EngineChoices>().OfAsync(district, Cancellation);

    private Task<Outcome<List<EngineUse>>> RemoveAsync(params string[] with) =>
        there.Get<RemoveEngine>().RunAsync(TestStage.EngineId, "A. Dult", with, Cancellation);

    // A score that the LMS, which is down, did not take.
    private async Task PendingScoreAsync()
    {
        var ticket = await there.Stage.ScoreTicketAsync("student-1", there.Engine);
        await there.Stage.Lms.StopAsync(Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, (await there.Engine.PostScoreAsync(new(ticket, 1, 2), "key")).Status);
        await Until.TrueAsync(() => Database.AskAsync<bool>("select next_attempt_at > accepted_at from gateway.score_delivery"), "a first try that failed");
    }

    /// <summary>Erases somebody; the engines that have to confirm it, the stage's own first.</summary>
    private Task<string> EraseAsync() => Database.AskAsync<string>($"""
        begin;
        do $district$ begin perform set_config('gateway.district', '{there.District}', true); end $district$;
        create temp table erasing on commit drop as
        select gen_random_uuid() as erasure, (select min(id) from gateway.learner where district_id = {there.District} and role = 'student') as learner;
        create temp table erased on commit drop as
        select e.* from erasing r cross join lateral gateway.erase_learner(r.learner, r.erasure, 'request', now()) e;
        create temp table told on commit preserve rows as
        select string_agg(e.client_id, ' ' order by e.client_id desc) as engines from gateway.erasure_engine e join erasing r on r.erasure = e.erasure_id;
        commit;
        select engines from told
        """);
}
