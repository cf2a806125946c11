using System.Net;
using System.Text.Json;
using Gateway.Engine;
using Gateway.Identity;
using Gateway.Privacy;
using Gateway.Stage;
using static Gateway.Tests.Engine.EngineStage;

namespace Gateway.Tests.Engine;

[Trait("Requirement", "P-1.4")]
public sealed class ChangeMappingTests(EngineStage stage) : IClassFixture<EngineStage>
{
    private readonly TestEngine engine = stage.Engine;

    [Fact]
    public async Task Every_change_is_a_version_with_who_made_it_when_and_under_which_agreement()
    {
        var before = (await HistoryAsync()).Count;
        await stage.ChangeAsync(new(TestStage.EngineId, "Ada Example") { Fields = ["role", "grades"] });
        stage.Stage.Clock.Advance(TimeSpan.FromMinutes(5));
        await stage.ChangeAsync(new(TestStage.EngineId, " Bo Example ") { GradeWords = ["09=ninth"] });
        var same = await stage.ChangeAsync(new(TestStage.EngineId, "Cy Example") { Fields = ["grades", "role"], GradeWords = ["09=ninth"] });

        var history = await HistoryAsync();
        Assert.Equal(before + 2, history.Count);
        Assert.Equal(["Bo Example", "Ada Example"], history.Take(2).Select(row => row.ChangedBy));
        Assert.Equal(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(Math.Round((history[0].ChangedAt - history[1].ChangedAt).TotalMinutes)));
        Assert.All(history, row => Assert.Equal(DataAgreement.CurrentVersion, row.AgreementVersion));
        // Who changes nothing leaves no version.
        Assert.Equal(history[0].Version, same.Version);
        Assert.Equal(Enumerable.Range(1, history.Count).Reverse(), history.Select(row => row.Version));
        await stage.ChangeAsync(new(TestStage.EngineId, "Ada Example") { GradeWords = ["09="] });
    }

    [Fact]
    [Trait("Requirement", "P-5.4")]
    public async Task Nothing_is_given_to_an_engine_whose_agreement_nobody_accepted()
    {
        await using var there = new EngineStage();
        await there.InitializeAsync();
        await there.Stage.Database.ExecuteAsync($"delete from gateway.engine_agreement where client_id = '{OtherId}'");

        var refused = await there.Get<ChangeMapping>().RunAsync(there.District, new(OtherId, "A. Dult") { Enabled = true }, CancellationToken.None);

        Assert.Equal("engine.agreement_missing", Assert.Single(refused.Failures).Code);
        Assert.Equal(0, await there.Stage.Database.AskAsync<long>($"select count(*) from gateway.engine_mapping where client_id = '{OtherId}'"));
    }

    [Fact]
    public async Task Wish_that_cannot_be_is_refused_with_every_reason_and_changes_nothing()
    {
        var before = (await HistoryAsync()).Count;
        var refused = await stage.Get<ChangeMapping>().RunAsync(stage.District, new(TestStage.EngineId, " ")
        {
            Fields = ["role", "familyName"],
            RoleWords = ["parent=guardian"],
            GradeWords = ["=x", "no pair"],
        }, CancellationToken.None);

        Assert.Equal(["mapping.by_missing", "mapping.field_unknown", "mapping.role_word_invalid", "mapping.grade_word_invalid"], refused.Failures.Select(failure => failure.Code));
        Assert.Equal(before, (await HistoryAsync()).Count);
        var unknown = await stage.Get<ChangeMapping>().RunAsync(stage.District, new("nobody", "A. Dult") { Enabled = true }, CancellationToken.None);
        Assert.Equal("client.unknown", Assert.Single(unknown.Failures).Code);
    }

    [Theory]
    [InlineData(new[] { "role" }, new[] { "role", "classTitle" }, "class")]
    [InlineData(new[] { "role", "subjects" }, new[] { "role" }, "class")]
    [InlineData(new[] { "role" }, new[] { "role", "termDates" }, "class")]
    [InlineData(new[] { "role" }, new[] { "role", "grades" }, "class learner")]
    [InlineData(new[] { "role" }, new[] { "role", "school" }, "school class")]
    [InlineData(new[] { "role" }, new string[0], "learner enrollment")]
    public async Task What_a_change_affects_is_told_again_to_that_engine_each_row_once(string[] from, string[] to, string told)
    {
        await stage.GiveAsync(OtherId, from);
        var cursor = (await stage.Other.GetAsync($"{Root}/changes?after=latest", "events.read")).Json.GetProperty("cursor").GetString();
        var others = (await engine.GetAsync($"{Root}/changes?after=latest", "events.read")).Json.GetProperty("cursor").GetString();

        await stage.GiveAsync(OtherId, to);

        var changes = (await stage.Other.GetAsync($"{Root}/changes?after={cursor}", "events.read")).Json.GetProperty("data").EnumerateArray().ToList();
        Assert.All(changes, change => Assert.Equal("changed", change.GetProperty("kind").GetString()));
        Assert.Equal(told.Split(' ').Order(), changes.Select(change => change.GetProperty("entity").GetString()).Distinct().Order());
        var rows = new Dictionary<string, int> { ["school"] = 2, ["class"] = 3, ["learner"] = 8, ["enrollment"] = 14 };
        Assert.Equal(told.Split(' ').Sum(entity => rows[entity]), changes.Count);
        Assert.Equal(changes.Count, changes.Select(change => change.GetRawText()).Distinct().Count());
        Assert.Empty((await engine.GetAsync($"{Root}/changes?after={others}", "events.read")).Json.GetProperty("data").EnumerateArray());
        await stage.ChangeAsync(new(OtherId, "A. Dult") { Enabled = false });
    }

    [Fact]
    [Trait("Requirement", "P-1.1")]
    public async Task What_no_engine_is_given_any_more_is_erased_and_what_one_still_is_given_stays()
    {
        await stage.GiveAsync(TestStage.EngineId, "role", "classTitle", "school", "subjects", "grades");
        await stage.GiveAsync(OtherId, "classTitle");
        await stage.Stage.Database.ExecuteAsync("""
            update gateway.class set title = 'A title', subjects = '{Algebra}', grades = '{09}';
            update gateway.school set name = 'A school';
            update gateway.learner set grades = '{09}' where role = 'student'
            """);

        await stage.GiveAsync(TestStage.EngineId, "role", "grades");
        Assert.Equal("3 titles, 0 subjects, 3 grades, 0 names, 6 learners", await HeldAsync());
        await stage.ChangeAsync(new(OtherId, "A. Dult") { Enabled = false });
        Assert.Equal("0 titles, 0 subjects, 3 grades, 0 names, 6 learners", await HeldAsync());
        await stage.GiveAsync(TestStage.EngineId, "role");
        Assert.Equal("0 titles, 0 subjects, 0 grades, 0 names, 0 learners", await HeldAsync());
    }

    [Fact]
    public async Task Given_fields_are_told_grades_in_the_engines_words()
    {
        await stage.GiveAsync(TestStage.EngineId, "role", "classTitle", "school", "subjects", "grades");
        await stage.ChangeAsync(new(TestStage.EngineId, "A. Dult") { GradeWords = ["09=ninth"] });
        await stage.Stage.Database.ExecuteAsync("""
            update gateway.class set title = 'A title', subjects = '{Algebra}', grades = '{09,10}';
            update gateway.school set name = 'A school';
            update gateway.learner set grades = '{09}' where role = 'student'
            """);

        Assert.All(await AllAsync(engine, "classes"), row => Assert.Equal(
            """{"title":"A title","subjects":["Algebra"],"grades":["ninth","10"]}""",
            JsonSerializer.Serialize(new { title = row.GetProperty("title"), subjects = row.GetProperty("subjects"), grades = row.GetProperty("grades") })));
        Assert.All(await AllAsync(engine, "schools"), row => Assert.Equal("A school", row.GetProperty("name").GetString()));
        Assert.Equal(6, (await AllAsync(engine, "learners")).Count(row => row.TryGetProperty("grades", out var grades) && grades[0].GetString() == "ninth"));
        await stage.ChangeAsync(new(TestStage.EngineId, "A. Dult") { GradeWords = ["09="], Fields = ["role"] });
    }

    [Fact]
    public async Task Preview_shows_real_rows_as_they_would_be_given_and_changes_nothing()
    {
        await stage.GiveAsync(TestStage.EngineId, "role");
        var (before, cursor) = (await HistoryAsync(), await engine.GetAsync($"{Root}/changes?after=latest", "events.read"));

        var preview = await stage.Get<PreviewMapping>().RunAsync(
            stage.Stage.District, new(TestStage.EngineId, null) { Fields = ["role", "school"], RoleWords = ["student=pupil"] }, 2, CancellationToken.None);

        Assert.Equal((2, 2), (preview.Value.Classes.Count, preview.Value.Learners.Count));
        Assert.All(preview.Value.Classes, row => Assert.NotNull(row.School));
        Assert.All(preview.Value.Learners, row => Assert.Contains(row.Role, new[] { "pupil", "teacher" }));
        Assert.Equal(before.Count, (await HistoryAsync()).Count);
        Assert.Equal(cursor.Body, (await engine.GetAsync($"{Root}/changes?after=latest", "events.read")).Body);
        Assert.All(await AllAsync(engine, "classes"), row => Assert.Equal(["id"], NamesIn(row)));
    }

    [Fact]
    public async Task Roster_that_waits_for_approval_goes_when_it_may_hold_what_is_not_given_any_more()
    {
        await stage.GiveAsync(TestStage.EngineId, "role", "classTitle");
        await stage.Stage.Database.ExecuteAsync($"""
            with waiting as (
              insert into gateway.roster_run (district_id, trigger, dry_run, state, phase, started_at, finished_at)
              values ({stage.District}, 'import', false, 'waiting', 'judge', now(), now()) returning id)
            insert into gateway.roster_held select id, {stage.District}, 'staged_class', 0, '\x00' from waiting
            """);

        await stage.ChangeAsync(new(TestStage.EngineId, "A. Dult") { RoleWords = ["student=pupil"] });
        Assert.Equal(1, await stage.Stage.Database.AskAsync<long>("select count(*) from gateway.roster_held"));
        await stage.GiveAsync(TestStage.EngineId, "role");

        Assert.Equal(0, await stage.Stage.Database.AskAsync<long>("select count(*) from gateway.roster_held"));
        Assert.Equal(0, await stage.Stage.Database.AskAsync<long>("select count(*) from gateway.roster_run where state = 'waiting'"));
    }

    [Fact]
    public async Task Two_changes_at_once_are_two_versions()
    {
        var before = (await HistoryAsync()).Count;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => stage.ChangeAsync(new(TestStage.EngineId, $"Adult {n}") { GradeWords = [$"{n}=grade {n}"] })));

        var history = await HistoryAsync();
        Assert.Equal(before + 8, history.Count);
        Assert.Equal(8, FieldMappings.Of(history[0]).GradeWords.Count);
        await stage.ChangeAsync(new(TestStage.EngineId, "A. Dult") { GradeWords = [.. Enumerable.Range(0, 8).Select(n => $"{n}=")] });
    }

    [Fact]
    public async Task District_of_several_engines_hands_its_people_to_the_one_that_takes_launches()
    {
        await using var there = new EngineStage();
        await there.InitializeAsync();
        // The first that it decided for, of several.
        Assert.Equal(TestStage.EngineId, await OwnEngineAsync(there));
        await there.GiveAsync(OtherId);
        Assert.Equal(TestStage.EngineId, await OwnEngineAsync(there));

        await there.ChangeAsync(new(OtherId, "A. Dult") { Enabled = true, TakesLaunches = true });

        Assert.Equal(OtherId, await OwnEngineAsync(there));
    }

    [Fact]
    public async Task Fields_of_a_district_are_those_of_any_engine_that_it_enabled()
    {
        await using var there = new EngineStage();
        await there.InitializeAsync();
        await there.GiveAsync(TestStage.EngineId, "role", "grades");
        await there.GiveAsync(OtherId, "school");
        Assert.Equal([SharedField.Role, SharedField.Grades, SharedField.School], (await there.Get<FieldMappings>().SharedAsync(there.District, CancellationToken.None)).Order());

        await there.ChangeAsync(new(TestStage.EngineId, "A. Dult") { Enabled = false });
        Assert.Equal([SharedField.School], await there.Get<FieldMappings>().SharedAsync(there.District, CancellationToken.None));
        AssertProblem(HttpStatusCode.NotFound, "api.district_unknown", await there.Engine.GetAsync($"{Root}/classes"));
    }

    private static Task<string> OwnEngineAsync(EngineStage of) =>
        of.Stage.Database.AskAsync<string>($"select engine_client_id from gateway.district where id = {of.District}");

    private Task<List<Gateway.Storage.Model.EngineMapping>> HistoryAsync() =>
        stage.Get<FieldMappings>().HistoryAsync(stage.District, TestStage.EngineId, CancellationToken.None);

    private Task<string> HeldAsync() => stage.Stage.Database.AskAsync<string>("""
        select format('%s titles, %s subjects, %s grades, %s names, %s learners',
          (select count(title) from gateway.class), (select count(subjects) from gateway.class), (select count(grades) from gateway.class),
          (select count(name) from gateway.school), (select count(grades) from gateway.learner))
        """);
}
