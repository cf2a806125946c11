using System.Net;
using System.Text.Json;
using Gateway.Stage;
using Gateway.Tests.Rostering;
using static Gateway.Tests.Engine.EngineStage;

namespace Gateway.Tests.Engine.Api;

public sealed class RosterApiTests(EngineStage stage) : IClassFixture<EngineStage>
{
    private readonly TestEngine engine = stage.Engine;

    public static TheoryData<string> Lists => ["classes", "learners", "enrollments", "classes/{class}/learners", "classes/{class}/teachers", "learners/{learner}/classes"];

    [Fact]
    [Trait("Requirement", "P-1.4")]
    public async Task By_default_an_engine_is_given_roles_and_class_membership_and_nothing_else()
    {
        await stage.GiveAsync(TestStage.EngineId, "role");

        Assert.All(await AllAsync(engine, "classes"), row => Assert.Equal(["id"], NamesIn(row)));
        Assert.All(await AllAsync(engine, "learners"), row => Assert.Equal(["id", "role"], NamesIn(row)));
        Assert.All(await AllAsync(engine, "enrollments"), row => Assert.Equal(["class", "learner", "role"], NamesIn(row)));
        AssertProblem(HttpStatusCode.Forbidden, "api.not_given", await engine.GetAsync($"{Root}/schools"));
        AssertProblem(HttpStatusCode.Forbidden, "api.not_given", await engine.GetAsync($"{Root}/terms"));
    }

    [Fact]
    public async Task Roster_is_told_as_the_school_has_it()
    {
        await stage.GiveAsync(TestStage.EngineId, "role");

        var learners = await AllAsync(engine, "learners");
        var classes = await AllAsync(engine, "classes");
        var enrollments = await AllAsync(engine, "enrollments");

        Assert.Equal((6, 2), (learners.Count(row => Text(row, "role") == "student"), learners.Count(row => Text(row, "role") == "teacher")));
        Assert.Equal(3, classes.Count);
        Assert.Equal(14, enrollments.Count);
        Assert.Equal(
            ["3 students 1 teachers", "3 students 1 teachers", "6 students 0 teachers"],
            await Task.WhenAll(classes.Select(async row =>
                $"{(await AllAsync(engine, $"classes/{Text(row, "id")}/learners")).Count} students {(await AllAsync(engine, $"classes/{Text(row, "id")}/teachers")).Count} teachers"))
                .ContinueWith(counts => counts.Result.Order(StringComparer.Ordinal)));
        foreach (var learner in learners)
        {
            var told = await AllAsync(engine, $"learners/{Text(learner, "id")}/classes");
            Assert.Equal(
                enrollments.Where(row => Text(row, "learner") == Text(learner, "id")).Select(row => Text(row, "class")),
                told.Select(row => Text(row, "class")));
        }
    }

    [Fact]
    [Trait("Requirement", "S-3")]
    public async Task Student_in_a_teachers_place_is_not_among_a_classs_teachers()
    {
        await stage.GiveAsync(TestStage.EngineId, "role");
        const string Placed = """
            from gateway.enrollment e
            where e.role = 'teacher' and exists (select from gateway.learner l where l.id = e.learner_id and l.role = 'student')
            """;
        await stage.Stage.Database.ExecuteAsync("""
            insert into gateway.enrollment (district_id, class_id, learner_id, role)
            select e.district_id, e.class_id, e.learner_id, 'teacher' from gateway.enrollment e where e.role = 'student' limit 1
            """);
        try
        {
            var teachers = await Task.WhenAll((await AllAsync(engine, "classes")).Select(row => AllAsync(engine, $"classes/{Text(row, "id")}/teachers")));
            Assert.Equal(2, teachers.Sum(list => list.Count));
        }
        finally
        {
            await stage.Stage.Database.ExecuteAsync("delete " + Placed);
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Every_list_is_the_same_in_pages_of_any_size(string list)
    {
        await stage.GiveAsync(TestStage.EngineId, "role");
        var path = await PathOfAsync(list);
        var whole = (await AllAsync(engine, path, 1_000)).ConvertAll(row => row.GetRawText());

        Assert.NotEmpty(whole);
        foreach (var limit in new[] { 1, 2, whole.Count, whole.Count + 1 })
            Assert.Equal(whole, (await AllAsync(engine, path, limit)).ConvertAll(row => row.GetRawText()));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task What_an_engine_has_already_is_not_sent_again(string list)
    {
        await stage.GiveAsync(TestStage.EngineId, "role");
        var path = $"{Root}/{await PathOfAsync(list)}";
        var first = await engine.GetAsync(path);
        var tag = first.Headers.ETag!.ToString();

        var again = await engine.GetAsync(path, ifNoneMatch: tag);
        Assert.Equal((HttpStatusCode.NotModified, ""), (again.Status, again.Body));
        Assert.Equal(tag, again.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await engine.GetAsync(path, ifNoneMatch: $"\"other\", W/{tag}")).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await engine.GetAsync(path, ifNoneMatch: "*")).Status);
        Assert.Equal(HttpStatusCode.OK, (await engine.GetAsync(path, ifNoneMatch: "\"other\"")).Status);
        Assert.True(first.Headers.CacheControl!.Private);
    }

    [Fact]
    public async Task Fields_that_are_named_are_given_and_no_others()
    {
        await stage.GiveAsync(TestStage.EngineId, "role", "school", "termDates");

        Assert.All(await AllAsync(engine, "learners?fields=role"), row => Assert.Equal(["role"], NamesIn(row)));
        Assert.All(await AllAsync(engine, "classes?fields=school,id", limit: 1), row => Assert.Equal(["id", "school"], NamesIn(row)));
        // A field that the district does not give is absent, as it is without fields.
        Assert.All(await AllAsync(engine, "classes?fields=id,title"), row => Assert.Equal(["id"], NamesIn(row)));
        var one = await engine.GetAsync($"{Root}/classes/{await IdOfAsync("classes")}?fields=terms");
        Assert.Equal(["terms"], NamesIn(one.Json));
        AssertProblem(HttpStatusCode.BadRequest, "api.field_unknown", await engine.GetAsync($"{Root}/learners?fields=id,email"));
    }

    [Fact]
    public async Task Schools_and_terms_are_told_where_the_district_gives_them()
    {
        await stage.GiveAsync(TestStage.EngineId, "school", "termDates");

        var schools = await AllAsync(engine, "schools", limit: 1);
        var terms = await AllAsync(engine, "terms", limit: 1);
        var classes = await AllAsync(engine, "classes");

        Assert.Equal(2, schools.Count);
        Assert.Equal(schools.Select(row => Text(row, "id")).Order(), classes.Select(row => Text(row, "school")).Distinct().Order());
        var fall = Assert.Single(terms, row => Text(row, "kind") == "semester");
        // Rosters write an end that is exclusive; a last day is what people mean.
        Assert.Equal(("2026-08-01", "2027-01-15"), (Text(fall, "firstDay"), Text(fall, "lastDay")));
        Assert.All(classes, row => Assert.Equal([Text(fall, "id")], row.GetProperty("terms").EnumerateArray().Select(term => term.GetString())));
    }

    [Theory]
    [InlineData("classes?limit=0", "api.limit_invalid")]
    [InlineData("classes?limit=1001", "api.limit_invalid")]
    [InlineData("classes?limit=ten", "api.limit_invalid")]
    [InlineData("classes?limit=-1", "api.limit_invalid")]
    [InlineData("classes?limit=1&limit=2", "api.limit_invalid")]
    [InlineData("classes?after=nonsense", "api.cursor_invalid")]
    [InlineData("classes?after=AAAAAAAAAAAAAAAAAAAAAA", "api.cursor_invalid")]
    [InlineData("classes?after={learner}", "api.cursor_invalid")]
    [InlineData("enrollments?after={class}", "api.cursor_invalid")]
    [InlineData("enrollments?after={learner}.{class}", "api.cursor_invalid")]
    [InlineData("learners?after={class}", "api.cursor_invalid")]
    [InlineData("classes?fields=secret", "api.field_unknown")]
    public async Task Question_that_makes_no_sense_is_refused_by_its_code(string path, string code) =>
        AssertProblem(HttpStatusCode.BadRequest, code, await engine.GetAsync($"{Root}/{await PathOfAsync(path)}"));

    [Theory]
    [InlineData("classes/AAAAAAAAAAAAAAAAAAAAAA", "api.class_unknown")]
    [InlineData("classes/{learner}", "api.class_unknown")]
    [InlineData("classes/{learner}/learners", "api.class_unknown")]
    [InlineData("classes/1", "api.class_unknown")]
    [InlineData("learners/{class}", "api.learner_unknown")]
    [InlineData("learners/{class}/classes", "api.learner_unknown")]
    [InlineData("learners/'; drop table", "api.learner_unknown")]
    public async Task What_is_not_there_is_not_found(string path, string code) =>
        AssertProblem(HttpStatusCode.NotFound, code, await engine.GetAsync($"{Root}/{await PathOfAsync(path)}"));

    [Fact]
    public async Task Without_a_token_or_with_another_scope_nothing_is_told()
    {
        using var http = new HttpClient { BaseAddress = new Uri(stage.Stage.GatewayUrl) };
        AssertProblem(HttpStatusCode.Unauthorized, "api.token_invalid", await Answer.ReadAsync(await http.GetAsync($"{Root}/classes", TestContext.Current.CancellationToken)));

        foreach (var path in new[] { "/api/v1/districts", $"{Root}/classes", $"{Root}/learners" })
            AssertProblem(HttpStatusCode.Forbidden, "api.scope_missing", await engine.GetAsync(path, "events.read"));
        AssertProblem(HttpStatusCode.Forbidden, "api.scope_missing", await engine.GetAsync($"{Root}/changes?after=latest", "roster.read"));
    }

    [Fact]
    [Trait("Requirement", "P-5.4")]
    public async Task Engine_sees_the_districts_that_enabled_it_and_no_others()
    {
        Assert.Equal([TestStage.DistrictSlug], await SlugsAsync(engine));
        Assert.Empty(await SlugsAsync(stage.Other));
        AssertProblem(HttpStatusCode.NotFound, "api.district_unknown", await stage.Other.GetAsync($"{Root}/classes"));
        AssertProblem(HttpStatusCode.NotFound, "api.district_unknown", await engine.GetAsync("/api/v1/districts/nowhere/classes"));

        await stage.GiveAsync(OtherId);
        Assert.Equal([TestStage.DistrictSlug], await SlugsAsync(stage.Other));
        Assert.Equal(3, (await AllAsync(stage.Other, "classes")).Count);

        // At once, whatever is remembered of the mapping: the version in force is asked with each question.
        await stage.Stage.Database.ExecuteAsync($"""
            insert into gateway.engine_mapping select district_id, client_id, version + 1, false, fields, role_words, grade_words, agreement_version, changed_by, changed_at
            from gateway.engine_mapping where client_id = '{OtherId}' order by version desc limit 1
            """);
        AssertProblem(HttpStatusCode.NotFound, "api.district_unknown", await stage.Other.GetAsync($"{Root}/classes"));
        Assert.Empty(await SlugsAsync(stage.Other));
    }

    [Fact]
    public async Task Two_engines_never_see_the_same_id_for_anything()
    {
        await stage.GiveAsync(TestStage.EngineId, "role", "school", "termDates");
        await stage.GiveAsync(OtherId, "role", "school", "termDates");

        foreach (var list in new[] { "learners", "classes", "schools", "terms" })
        {
            var (mine, theirs) = (await AllAsync(engine, list), await AllAsync(stage.Other, list));
            Assert.Equal(mine.Count, theirs.Count);
            Assert.Empty(mine.Select(row => Text(row, "id")).Intersect(theirs.Select(row => Text(row, "id"))));
            Assert.All(mine, row => Assert.Equal(22, Text(row, "id")!.Length));
        }

        AssertProblem(HttpStatusCode.NotFound, "api.class_unknown", await stage.Other.GetAsync($"{Root}/classes/{await IdOfAsync("classes")}"));
        await stage.ChangeAsync(new(OtherId, "A. Dult") { Enabled = false });
    }

    [Fact]
    public async Task Roles_are_told_in_the_engines_own_words_and_not_at_all_where_they_are_not_given()
    {
        await stage.ChangeAsync(new(TestStage.EngineId, "A. Dult") { Fields = ["role"], RoleWords = ["student=pupil"] });
        Assert.Equal(["pupil", "teacher"], (await AllAsync(engine, "learners")).Select(row => Text(row, "role")).Distinct().Order());

        await stage.GiveAsync(TestStage.EngineId);
        Assert.All(await AllAsync(engine, "learners"), row => Assert.Equal(["id"], NamesIn(row)));
        Assert.All(await AllAsync(engine, "enrollments"), row => Assert.Equal(["class", "learner"], NamesIn(row)));
        // Nor by where somebody is listed.
        var all = (await AllAsync(engine, "enrollments")).GroupBy(row => Text(row, "class"));
        foreach (var of in all)
            Assert.Equal(of.Select(row => Text(row, "learner")), (await AllAsync(engine, $"classes/{of.Key}/learners")).Select(row => Text(row, "learner")));
        AssertProblem(HttpStatusCode.Forbidden, "api.not_given", await engine.GetAsync($"{Root}/classes/{await IdOfAsync("classes")}/teachers"));
    }

    [Fact]
    [Trait("Requirement", "P-1.1")]
    public async Task What_is_not_given_is_not_in_the_databases_query()
    {
        await stage.GiveAsync(TestStage.EngineId);
        var role = $"{stage.Stage.Database.Name}_app";
        await stage.Stage.Database.ExecuteAsync($"""
            revoke select on gateway.class, gateway.learner, gateway.enrollment, gateway.school, gateway.term from {role};
            grant select (id, district_id, ended_on) on gateway.class to {role};
            grant select (id, district_id, roster_ended) on gateway.learner to {role};
            grant select (class_id, learner_id, district_id, starts_on, ends_on, ended_on) on gateway.enrollment to {role};
            """);
        try
        {
            // The database itself refuses whoever names a column that is not given; these do not.
            foreach (var list in new[] { "classes", "learners", "enrollments", $"classes/{await IdOfAsync("classes")}/learners", $"learners/{await IdOfAsync("learners")}/classes" })
                Assert.NotEmpty(await AllAsync(engine, list));
            Assert.Equal(HttpStatusCode.OK, (await engine.GetAsync($"{Root}/classes/{await IdOfAsync("classes")}")).Status);
            Assert.Equal(HttpStatusCode.OK, (await engine.GetAsync($"{Root}/learners/{await IdOfAsync("learners")}")).Status);
        }
        finally
        {
            await stage.Stage.Database.ExecuteAsync($"grant select on gateway.class, gateway.learner, gateway.enrollment, gateway.school, gateway.term to {role}");
        }
    }

    [Fact]
    public async Task Places_that_are_over_are_not_told_and_those_to_come_are_with_their_days()
    {
        await using var there = new EngineStage();
        await there.InitializeAsync();
        var roster = new MadeUpRoster().Remove("enrollments", line => line.Contains("student-", StringComparison.Ordinal));
        var today = DateOnly.FromDateTime(there.Stage.Clock.GetUtcNow().UtcDateTime);
        roster.Enroll("student-1", "class-1", end: $"{today.AddDays(-3):yyyy-MM-dd}");
        roster.Enroll("student-2", "class-1", begin: $"{today.AddDays(10):yyyy-MM-dd}", end: $"{today.AddDays(20):yyyy-MM-dd}");
        roster.Enroll("student-3", "class-1").Enroll("student-3", "class-1", "teacher");
        await there.ImportAsync(roster);

        var told = await AllAsync(there.Engine, "enrollments");
        var students = told.Where(row => Text(row, "role") == "student").ToList();

        var later = Assert.Single(students, row => row.TryGetProperty("firstDay", out _));
        Assert.Equal(($"{today.AddDays(10):yyyy-MM-dd}", $"{today.AddDays(19):yyyy-MM-dd}"), (Text(later, "firstDay"), Text(later, "lastDay")));
        // Who has two roles in one class has the lesser.
        Assert.Single(students, row => !row.TryGetProperty("firstDay", out _));
        Assert.Equal(2, students.Count);
        Assert.Equal(told.Count, told.Select(row => (Text(row, "class"), Text(row, "learner"))).Distinct().Count());
    }

    [Fact]
    public async Task Class_and_learner_that_left_the_roster_are_still_told_by_id_with_the_day()
    {
        await using var there = new EngineStage();
        await there.InitializeAsync();
        var before = (Classes: await AllAsync(there.Engine, "classes"), Learners: await AllAsync(there.Engine, "learners"));
        await there.ImportAsync(new MadeUpRoster().Remove("classes", line => line.StartsWith("class-3", StringComparison.Ordinal))
            .Remove("users", line => line.StartsWith("student-6", StringComparison.Ordinal)));

        var left = before.Classes.Select(row => Text(row, "id")).Except((await AllAsync(there.Engine, "classes")).Select(row => Text(row, "id")));
        var gone = await there.Engine.GetAsync($"{Root}/classes/{Assert.Single(left)}");
        Assert.Equal(["id", "endedOn"], NamesIn(gone.Json));
        var endings = await Task.WhenAll(before.Learners.Select(row => there.Engine.GetAsync($"{Root}/learners/{Text(row, "id")}")));
        Assert.Single(endings, answer => answer.Json.TryGetProperty("endedOn", out _));
    }

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private static async Task<List<string?>> SlugsAsync(TestEngine asking) =>
        [.. (await asking.GetAsync("/api/v1/districts")).Json.GetProperty("data").EnumerateArray().Select(row => Text(row, "id"))];

    private async Task<string?> IdOfAsync(string list) => Text((await AllAsync(engine, $"{list}?fields=id"))[0], "id");

    // Where roles are given; any class otherwise.
    private async Task<string?> ClassWithTeacherAsync()
    {
        var places = await AllAsync(engine, "enrollments");
        return Text(places.Find(row => row.TryGetProperty("role", out var role) && role.GetString() == "teacher") is { ValueKind: JsonValueKind.Object } found ? found : places[0], "class");
    }

    private async Task<string> PathOfAsync(string path)
    {
        if (path.Contains("{class}", StringComparison.Ordinal))
            path = path.Replace("{class}", await ClassWithTeacherAsync(), StringComparison.Ordinal);
        return path.Contains("{learner}", StringComparison.Ordinal)
            ? path.Replace("{learner}", await IdOfAsync("learners"), StringComparison.Ordinal)
            : path;
    }
}
