using Microsoft.AspNetCore.Http;
using OneRoster.Model;
using OneRoster.Rest;
using OneRoster.Validation;

namespace OneRoster.Tests.Rest;

/// <summary>Habits of public servers that are no fault of the roster: each is read, once, and what is worth knowing is said.</summary>
public sealed class ServerHabitTests : ServerHabitStage
{
    [Theory]
    [InlineData(404, "")]
    [InlineData(204, "")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"courses":null}""")]
    [InlineData(200, """{"statusInfoSet":[],"totalCount":0,"page":{ }}""")]
    [Trait("Requirement", "S-9")]
    public async Task Empty_collection_is_read_as_empty_and_told_where_the_others_answer(int status, string body)
    {
        Server.Fault = (_, context) => context.Request.Path.Value!.EndsWith("/courses", StringComparison.Ordinal) ? Answer(context, status, body) : Task.FromResult(false);

        var rows = await Source().ReadAllAsync(Observer);

        Assert.Empty(rows.OfType<Course>());
        Assert.Equal(3, rows.OfType<Enrollment>().Count());
        Assert.Equal((RosterRules.CollectionAbsent, RosterCollection.Courses), Observer.Findings.Select(finding => (finding.Rule, finding.Collection!.Value)).Single());
    }

    [Theory]
    [InlineData(404, "", RosterFailures.UnexpectedStatus)]
    [InlineData(200, "{}", RosterFailures.WrapperMissing)]
    [InlineData(200, """{"orgs":null}""", RosterFailures.WrapperMissing)]
    [Trait("Requirement", "S-9")]
    public async Task Server_that_has_no_collection_at_all_is_no_empty_roster(int status, string body, string code)
    {
        Server.Fault = (_, context) => Answer(context, status, body);

        var failure = await Assert.ThrowsAsync<RosterSourceException>(() => Source().ReadAllAsync(Observer));

        Assert.Equal((code, RosterCollection.Orgs), (failure.Code, failure.Collection));
        Assert.Empty(Observer.Findings);
    }

    [Theory]
    [InlineData("""{"error":"no"}""")]
    [InlineData("""{"message":{"code":1}}""")]
    [InlineData("""{"data":[{"sourcedId":"a"}]}""")]
    [InlineData("""{"courses":{}}""")]
    [InlineData("""{"courses":""}""")]
    [Trait("Requirement", "S-9")]
    public async Task Answer_that_says_something_else_is_not_taken_for_an_empty_collection(string body)
    {
        Server.Fault = (_, context) => context.Request.Path.Value!.EndsWith("/courses", StringComparison.Ordinal) ? Answer(context, 200, body) : Task.FromResult(false);

        Assert.Equal(RosterFailures.WrapperMissing, (await Assert.ThrowsAsync<RosterSourceException>(() => Source().ReadAllAsync(Observer))).Code);
    }

    [Theory]
    [InlineData(23, 10)]
    [InlineData(20, 10)]
    [InlineData(7, 10)]
    [InlineData(10, 10)]
    [InlineData(1, 10)]
    [Trait("Requirement", "S-9")]
    public async Task Nothing_is_asked_beyond_a_count_that_was_reached(int rows, int limit)
    {
        Server.Collections["orgs"] = Orgs(rows);
        Server.Fault = (_, context) => Status(context, int.Parse(context.Request.Query["offset"]!) >= rows ? 404 : null);

        Assert.Equal(rows, (await Source(options => options with { PageSize = limit }).ReadAllAsync(Observer, OrgsOnly)).Count);

        Assert.All(Server.Requests, request => Assert.True(OffsetOf(request) < rows, request));
        Assert.Empty(Observer.Findings);
    }

    [Fact]
    [Trait("Requirement", "S-9")]
    public async Task Count_of_the_pages_own_rows_does_not_end_the_reading()
    {
        Server.Collections["orgs"] = Orgs(44);
        Server.ClampTo = 10;
        Server.Count = null;
        Server.Fault = (_, context) =>
        {
            context.Response.Headers["X-Total-Count"] = Math.Min(10, 44 - int.Parse(context.Request.Query["offset"]!)).ToString();
            return Task.FromResult(false);
        };

        Assert.Equal(44, (await Source().ReadAllAsync(Observer, OrgsOnly)).Count);
    }

    [Theory]
    [InlineData(23, 10, true)]
    [InlineData(23, 10, false)]
    [InlineData(7, 10, true)]
    [InlineData(7, 10, false)]
    [InlineData(30, 10, true)]
    [Trait("Requirement", "S-9")]
    public async Task Server_that_repeats_its_last_page_behind_the_end_has_ended(int rows, int limit, bool wholePagesOnly)
    {
        Server.Collections["orgs"] = Orgs(rows);
        Server.Count = null;
        Server.Fault = (_, context) =>
        {
            var (asked, size) = (int.Parse(context.Request.Query["offset"]!), int.Parse(context.Request.Query["limit"]!));
            var offset = asked >= rows ? (rows - 1) / size * size : wholePagesOnly ? asked / size * size : asked;
            return Answer(context, 200, FakeOneRosterServer.Page("orgs", Server.Collections["orgs"].Skip(offset).Take(size)));
        };

        Assert.Equal(rows, (await Source(options => options with { PageSize = limit }).ReadAllAsync(Observer, OrgsOnly)).Count);
        Assert.Empty(Observer.Findings);
    }

    [Theory]
    [InlineData("application/json", "\uFEFF")]
    [InlineData("text/html; charset=UTF-8", "")]
    [InlineData("text/plain", "\uFEFF \r\n")]
    [InlineData(null, "")]
    [Trait("Requirement", "S-9")]
    public async Task Json_reads_the_same_in_probe_and_reading_whatever_it_is_called(string? type, string begin)
    {
        Server.Fault = (_, context) =>
        {
            var name = context.Request.Path.Value!.Split('/').Last();
            var page = FakeOneRosterServer.Page(name, Server.Collections[name].Skip(int.Parse(context.Request.Query["offset"]!)));
            return Answer(context, 200, begin + page, type);
        };

        var facts = (await ProbeAsync()).Facts!;

        Assert.Equal("/ims/oneroster/rostering/v1p2/", facts.BaseUrl.AbsolutePath);
        Assert.Equal(13, (await Source().ReadAllAsync(Observer)).Count(row => row is not UserRole));
        Assert.Empty(Observer.Findings);
    }

    [Fact]
    [Trait("Requirement", "S-9")]
    public async Task Name_of_the_list_may_be_in_other_letters()
    {
        Server.Fault = (_, context) => Answer(context, 200, FakeOneRosterServer.Page("Orgs", Server.Collections["orgs"].Skip(int.Parse(context.Request.Query["offset"]!))));

        Assert.Equal(2, (await Source().ReadAllAsync(Observer, OrgsOnly)).Count);
    }

    [Fact]
    [Trait("Requirement", "S-7")]
    public async Task Numbers_are_ids_in_records_and_in_references()
    {
        Server.Collections["orgs"] = ["""{"sourcedId":17,"type":"district"}""", """{"sourcedId":"18","type":"school","parent":{"sourcedId":17}}""", """{"sourcedId":19,"type":"school","parent":17}"""];

        var orgs = (await Source().ReadAllAsync(Observer, FieldAllowList.Create([.. Allowed.Least.Where(field => field.Item1 == RosterCollection.Orgs), (RosterCollection.Orgs, "parent")]))).Cast<Org>().ToList();

        Assert.Equal(["17", "18", "19"], orgs.Select(org => org.Id.ExposeText()));
        Assert.All(orgs.Skip(1), org => Assert.Equal("17", org.Parent!.Value.ExposeText()));
        Assert.Empty(Observer.Findings);
    }

    [Fact]
    [Trait("Requirement", "S-6")]
    public async Task Users_of_1_1_on_a_1_2_server_have_the_roles_that_they_say_and_it_is_told()
    {
        Server.Collections["users"] = District.Rest11()["users"];

        var roles = (await Source().ReadAllAsync(Observer)).OfType<UserRole>().ToList();

        Assert.Equal(4, roles.Count);
        Assert.Equal([RosterRules.OlderUsers], Observer.Findings.Select(finding => finding.Rule).Distinct());
    }

    [Fact]
    [Trait("Requirement", "S-10")]
    public async Task What_is_wrong_on_the_way_is_named_with_where()
    {
        var nowhere = await FailAsync(Source(options => options with { Access = new RestAccess.ClientCredentials(new Uri("http://nowhere.invalid/token"), "gateway", "s:cret") }));
        Assert.Equal((RosterFailures.NameUnknown, true), (nowhere.Code, nowhere.AtTokenUrl));
        Assert.Contains("(token URL): the host's name is not known (DNS)", nowhere.Message, StringComparison.Ordinal);

        var bearer = new RestAccess.StaticBearer("made-up");
        await Server.DisposeAsync();
        var refused = await FailAsync(Source(options => options with { Access = bearer }));
        Assert.Equal((RosterFailures.ConnectionLost, RosterCollection.Orgs), (refused.Code, refused.Collection));
        Assert.Contains("refused", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, OneRosterVersion.V1P1)]
    [InlineData(false, OneRosterVersion.V1P2)]
    [Trait("Requirement", "S-10")]
    public async Task Version_that_neither_anybody_nor_the_path_says_is_told_by_a_user(bool older, OneRosterVersion version)
    {
        Server.Collections["users"] = (older ? District.Rest11() : District.Rest12())["users"];

        var facts = (await ProbeAsync(options => options with { BaseUrl = new Uri(Server.Url, "/a/path/of/its/own"), IsVersionGuessed = true })).Facts!;

        Assert.Equal((version, "/a/path/of/its/own/"), (facts.Version, facts.BaseUrl.AbsolutePath));
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(1000, 10)]
    [Trait("Requirement", "S-11")]
    public async Task Next_page_is_asked_while_the_present_one_is_read_also_without_counts(int limit, int? clamp)
    {
        Server.Collections["orgs"] = Orgs(90);
        (Server.Count, Server.ClampTo) = (null, clamp);
        var twoAtOnce = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var alone = false;
        Server.Fault = async (number, context) =>
        {
            // The fourth page does not end before the fifth was asked for.
            if (number == 5)
                twoAtOnce.TrySetResult();
            if (number != 4)
                return false;
            context.Response.ContentType = "application/json";
            var page = FakeOneRosterServer.Page("orgs", Server.Collections["orgs"].Skip(int.Parse(context.Request.Query["offset"]!)).Take(10));
            await context.Response.WriteAsync(page[..^20]);
            await context.Response.Body.FlushAsync();
            alone = await Task.WhenAny(twoAtOnce.Task, Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System)) != twoAtOnce.Task;
            await context.Response.WriteAsync(page[^20..]);
            return true;
        };

        Assert.Equal(90, (await Source(options => options with { PageSize = limit }).ReadAllAsync(Observer, OrgsOnly)).Count);

        Assert.False(alone);
        Assert.Empty(Observer.Findings);
    }

    private static List<string> Orgs(int rows) => [.. Enumerable.Range(0, rows).Select(i => $$"""{"sourcedId":"o{{i:000}}","type":"school"}""")];

    private static int OffsetOf(string request) => int.Parse(request.Split("offset=")[1].Split('&')[0]);
}
