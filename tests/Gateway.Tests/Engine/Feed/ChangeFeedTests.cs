using System.Net;
using System.Text.Json;
using Gateway.Privacy;
using Gateway.Stage;
using Gateway.Tests.Rostering;
using static Gateway.Tests.Engine.EngineStage;

namespace Gateway.Tests.Engine.Feed;

[Trait("Requirement", "R-3.8")]
public sealed class ChangeFeedTests(EngineStage stage) : IClassFixture<EngineStage>
{
    private readonly TestEngine engine = stage.Engine;

    [Fact]
    public async Task After_latest_come_the_changes_of_the_next_night_and_they_lead_to_what_is_true_now()
    {
        await stage.ImportAsync(new MadeUpRoster());
        var cursor = await LatestAsync(engine);
        Assert.Empty((await ChangesAsync(cursor)).Changes);

        await stage.ImportAsync(new MadeUpRoster().Class("class-4", "south").Person("student-7", "student", "south").Enroll("student-7", "class-4"));
        var night = await ChangesAsync(cursor);

        Assert.Equal(["class added", "enrollment added", "learner added"], night.Changes.Select(What).Order());
        var (@class, learner, enrollment) = (Of("class"), Of("learner"), Of("enrollment"));
        Assert.Equal(["id", "entity", "kind", "class", "at"], NamesIn(@class));
        Assert.Equal(["id", "entity", "kind", "learner", "at"], NamesIn(learner));
        Assert.Equal((Text(@class, "class"), Text(learner, "learner")), (Text(enrollment, "class"), Text(enrollment, "learner")));
        Assert.Equal(HttpStatusCode.OK, (await engine.GetAsync($"{Root}/classes/{Text(@class, "class")}")).Status);
        var told = await AllAsync(engine, $"learners/{Text(learner, "learner")}/classes");
        Assert.Equal(Text(@class, "class"), Text(Assert.Single(told), "class"));
        Assert.Empty((await ChangesAsync(night.Cursor)).Changes);

        await stage.ImportAsync(new MadeUpRoster());
        Assert.Equal(["class ended", "enrollment ended", "learner ended"], (await ChangesAsync(night.Cursor)).Changes.Select(What).Order());

        JsonElement Of(string entity) => night.Changes.Single(change => Text(change, "entity") == entity);
    }

    [Fact]
    public async Task Pages_of_any_size_lead_through_the_same_feed_and_a_changes_id_is_no_cursor()
    {
        var start = await LatestAsync(engine);
        await stage.ImportAsync(new MadeUpRoster().Class("class-5", "south").Person("student-8", "student", "south").Enroll("student-8", "class-5"));
        await stage.ImportAsync(new MadeUpRoster());
        var whole = (await ChangesAsync(start)).Changes;

        foreach (var limit in new[] { 1, 2, 4 })
        {
            var (read, cursor, more) = (new List<string>(), start, true);
            while (more)
            {
                var page = await ChangesAsync(cursor, $"&limit={limit}");
                read.AddRange(page.Changes.Select(change => change.GetRawText()));
                (cursor, more) = (page.Cursor, page.More);
            }

            Assert.Equal(whole.Select(change => change.GetRawText()), read);
        }

        // It was one once: an engine that kept it is told to begin anew.
        AssertProblem(HttpStatusCode.Gone, "changes.cursor_expired", await engine.GetAsync($"{Root}/changes?after={Text(whole[0], "id")}", "events.read"));
    }

    [Fact]
    public async Task Who_waits_is_told_as_soon_as_something_changes()
    {
        var cursor = await LatestAsync(engine);
        var waiting = engine.GetAsync($"{Root}/changes?after={cursor}&wait=30", "events.read");
        var latest = engine.GetAsync($"{Root}/changes?after=latest&wait=30", "events.read");
        await Until.TrueAsync(async () => await stage.Stage.Database.AskAsync<long>(
            $"select count(*) from pg_stat_activity where datname = '{stage.Stage.Database.Name}' and query like '%feed_positions%'") > 0, "somebody who looks where the feed stands");
        Assert.False(waiting.IsCompleted);

        await stage.ImportAsync(new MadeUpRoster().Class("class-6", "south"));

        foreach (var told in new[] { await waiting, await latest })
            Assert.Equal("class added", What(Assert.Single(told.Json.GetProperty("data").EnumerateArray())));
        await stage.ImportAsync(new MadeUpRoster());
    }

    [Fact]
    public async Task Who_waits_in_vain_is_given_the_cursor_to_go_on_with()
    {
        var cursor = await LatestAsync(engine);

        var told = await ChangesAsync(cursor, "&wait=1");

        Assert.Equal((cursor, 0, false), (told.Cursor, told.Changes.Count, told.More));
    }

    [Fact]
    public async Task Two_learners_that_turn_out_to_be_one_are_told_with_the_one_that_is_left()
    {
        await using var there = new EngineStage();
        await there.InitializeAsync();
        var cursor = await LatestAsync(there.Engine);
        var two = await there.Stage.Database.AskAsync<long[]>(
            $"select array_agg(id order by id) from (select id from gateway.learner where district_id = {there.District} order by id limit 2) two");
        await there.Stage.Database.ExecuteAsync(
            $"select set_config('gateway.district', '{there.District}', false); select gateway.merge_learners({two[0]}, {two[1]}, now())");

        var merged = Assert.Single((await ChangesAsync(cursor, engine: there.Engine)).Changes);

        var ids = (await there.Get<Gateway.Identity.EngineClients>().FindAsync(TestStage.EngineId, CancellationToken.None))!.Ids;
        Assert.Equal(("learner merged", IdOf(two[1]), IdOf(two[0])), (What(merged), Text(merged, "learner"), Text(merged, "into")));
        AssertProblem(HttpStatusCode.NotFound, "api.learner_unknown", await there.Engine.GetAsync($"{Root}/learners/{Text(merged, "learner")}"));

        string? IdOf(long row) => ids.Of(EngineIdKind.Learner, there.District, row);
    }

    [Fact]
    public async Task What_one_engine_alone_is_told_is_passed_by_for_the_others()
    {
        await stage.GiveAsync(OtherId, "role");
        var (mine, theirs) = (await LatestAsync(engine), await LatestAsync(stage.Other));

        await stage.ChangeAsync(new(OtherId, "A. Dult") { Fields = ["role", "termDates"] });

        Assert.Equal(["class changed"], (await ChangesAsync(theirs, engine: stage.Other)).Changes.Select(What).Distinct());
        var passed = await ChangesAsync(mine);
        Assert.Empty(passed.Changes);
        Assert.NotEqual(mine, passed.Cursor);
        await stage.ChangeAsync(new(OtherId, "A. Dult") { Enabled = false });
        AssertProblem(HttpStatusCode.NotFound, "api.district_unknown", await stage.Other.GetAsync($"{Root}/changes?after={theirs}", "events.read"));
    }

    [Fact]
    public async Task Schools_are_in_the_feed_of_engines_that_are_given_them()
    {
        await stage.GiveAsync(OtherId, "role", "school");
        // With the first run comes their names.
        await stage.ImportAsync(new MadeUpRoster());
        var (mine, theirs) = (await LatestAsync(engine), await LatestAsync(stage.Other));

        await stage.ImportAsync(new MadeUpRoster().Record("orgs", "east", "", "East", "school", "3", "district"));

        Assert.Empty((await ChangesAsync(mine)).Changes);
        Assert.Equal("school added", What(Assert.Single((await ChangesAsync(theirs, engine: stage.Other)).Changes)));
        await stage.ImportAsync(new MadeUpRoster());
        await stage.ChangeAsync(new(OtherId, "A. Dult") { Enabled = false });
    }

    [Theory]
    [InlineData("changes", HttpStatusCode.BadRequest, "changes.cursor_missing")]
    [InlineData("changes?after=", HttpStatusCode.BadRequest, "changes.cursor_missing")]
    [InlineData("changes?after=0", HttpStatusCode.BadRequest, "changes.cursor_invalid")]
    [InlineData("changes?after=AAAAAAAAAAAAAAAAAAAAAA", HttpStatusCode.BadRequest, "changes.cursor_invalid")]
    [InlineData("changes?after=latest&limit=1001", HttpStatusCode.BadRequest, "api.limit_invalid")]
    [InlineData("changes?after=latest&wait=31", HttpStatusCode.BadRequest, "changes.wait_invalid")]
    [InlineData("changes?after=latest&wait=-1", HttpStatusCode.BadRequest, "changes.wait_invalid")]
    public async Task Question_that_makes_no_sense_is_refused_by_its_code(string path, HttpStatusCode status, string code) =>
        AssertProblem(status, code, await engine.GetAsync($"{Root}/{path}", "events.read"));

    [Fact]
    public async Task Cursor_of_another_engine_or_for_something_else_is_refused()
    {
        await stage.GiveAsync(OtherId, "role");
        foreach (var cursor in new[] { await LatestAsync(stage.Other), Text((await AllAsync(engine, "learners"))[0], "id") })
            AssertProblem(HttpStatusCode.BadRequest, "changes.cursor_invalid", await engine.GetAsync($"{Root}/changes?after={cursor}", "events.read"));
        await stage.ChangeAsync(new(OtherId, "A. Dult") { Enabled = false });
    }

    [Fact]
    public async Task Cursor_is_good_for_thirty_days_and_then_the_answer_says_how_to_begin_anew()
    {
        await using var there = new EngineStage();
        await there.InitializeAsync();
        var clock = there.Stage.Clock;
        var first = await LatestAsync(there.Engine);
        await there.ImportAsync(new MadeUpRoster().Class("class-4", "south"));
        clock.Advance(TimeSpan.FromDays(1));
        var second = await LatestAsync(there.Engine);
        await there.ImportAsync(new MadeUpRoster().Class("class-4", "south").Class("class-5", "south"));

        clock.Advance(TimeSpan.FromDays(29));
        await there.Get<RetentionClock>().RunAsync(dryRun: false, CancellationToken.None);
        Assert.Equal(["class added", "class added"], (await ChangesAsync(first, engine: there.Engine)).Changes.Select(What));

        clock.Advance(TimeSpan.FromDays(1.5));
        await there.Get<RetentionClock>().RunAsync(dryRun: false, CancellationToken.None);
        var expired = await there.Engine.GetAsync($"{Root}/changes?after={first}", "events.read");
        AssertProblem(HttpStatusCode.Gone, "changes.cursor_expired", expired);
        Assert.Equal($"{there.Stage.GatewayUrl}{Root}/changes?after=latest", Text(expired.Json, "resync"));
        Assert.Equal(["class added"], (await ChangesAsync(second, engine: there.Engine)).Changes.Select(What));

        clock.Advance(TimeSpan.FromDays(300));
        await there.Get<RetentionClock>().RunAsync(dryRun: false, CancellationToken.None);
        Assert.Equal(0, await there.Stage.Database.AskAsync<long>("select count(*) from gateway.change"));
        Assert.Empty((await ChangesAsync(await LatestAsync(there.Engine), engine: there.Engine)).Changes);
        await there.ImportAsync(new MadeUpRoster());
        Assert.Equal(HttpStatusCode.Gone, (await there.Engine.GetAsync($"{Root}/changes?after={second}", "events.read")).Status);
    }

    [Fact]
    public async Task Cursor_that_a_restored_database_never_reached_is_expired()
    {
        await using var there = new EngineStage();
        await there.InitializeAsync();
        await there.ImportAsync(new MadeUpRoster().Class("class-4", "south"));
        var ahead = await LatestAsync(there.Engine);
        await there.Stage.Database.ExecuteAsync("delete from gateway.change where sequence = (select max(sequence) from gateway.change); update gateway.feed_position set last_sequence = last_sequence - 1");

        AssertProblem(HttpStatusCode.Gone, "changes.cursor_expired", await there.Engine.GetAsync($"{Root}/changes?after={ahead}", "events.read"));
    }

    [Fact]
    public async Task Consumer_that_is_killed_a_hundred_times_sees_each_change_once_and_in_order()
    {
        await using var there = new EngineStage();
        await there.InitializeAsync();
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "consumer");
        FeedReader.Begin(file, await LatestAsync(there.Engine));
        var before = await there.Stage.Database.AskAsync<long>($"select last_sequence from gateway.feed_position where district_id = {there.District}");
        var random = new Random(4711);
        var kills = 0;

        // Nights, launches' learners and mappings change the roster while the consumer dies and comes back.
        var nights = Task.Run(async () =>
        {
            for (var night = 0; kills < 100 || night < 8; night++)
                await there.ImportAsync(night % 2 == 0
                    ? new MadeUpRoster().Class("class-4", "south").Person("student-7", "student", "south").Enroll("student-7", "class-4")
                    : new MadeUpRoster());
        }, TestContext.Current.CancellationToken);
        for (; kills < 100; Interlocked.Increment(ref kills))
        {
            using var kill = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(1, 60)), TimeProvider.System);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new FeedReader(there, file).RunAsync(random.Next(1, 5), int.MaxValue, kill.Token));
        }

        await nights;
        var expected = await NumbersAsync("sequence");
        var transactions = (await NumbersAsync("xmin::text::bigint")).Zip(expected).ToDictionary(pair => pair.Second, pair => pair.First);
        await new FeedReader(there, file).RunAsync(1_000, expected.Length, TestContext.Current.CancellationToken);

        var ids = (await there.Get<Gateway.Identity.EngineClients>().FindAsync(TestStage.EngineId, CancellationToken.None))!.Ids;
        var read = FeedReader.ReadSoFar(file).Select(id => ids.RowOf(EngineIdKind.Change, there.District, id)!.Value).ToList();
        Assert.Equal(expected, read.Order());
        // Transactions in commit order; within one, the order is the engine's own.
        Assert.Equal(expected.Select(one => transactions[one]), read.Select(one => transactions[one]));
        Assert.True(expected.Length > 20);

        Task<long[]> NumbersAsync(string column) => there.Stage.Database.AskAsync<long[]>(
            $"select array_agg({column} order by sequence) from gateway.change where district_id = {there.District} and sequence > {before} and entity <> 'school'");
    }

    private static string What(JsonElement change) => $"{Text(change, "entity")} {Text(change, "kind")}";

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private static async Task<string> LatestAsync(TestEngine asking)
    {
        var latest = (await asking.GetAsync($"{Root}/changes?after=latest", "events.read")).Json;
        Assert.Empty(latest.GetProperty("data").EnumerateArray());
        return Text(latest, "cursor")!;
    }

    private async Task<(List<JsonElement> Changes, string Cursor, bool More)> ChangesAsync(string after, string more = "", TestEngine? engine = null)
    {
        var answer = await (engine ?? this.engine).GetAsync($"{Root}/changes?after={after}{more}", "events.read");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return ([.. answer.Json.GetProperty("data").EnumerateArray()], Text(answer.Json, "cursor")!, answer.Json.GetProperty("more").GetBoolean());
    }
}
