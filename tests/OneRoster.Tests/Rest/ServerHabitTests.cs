using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using OneRoster.Model;
using OneRoster.Rest;
using OneRoster.Validation;

namespace OneRoster.Tests.Rest;

/// <summary>Habits of public servers that are no fault of the roster: each is read, once, and what is worth knowing is said.</summary>
public sealed class ServerHabitTests : IAsyncLifetime
{
    private static readonly FieldAllowList OrgsOnly = FieldAllowList.Create(Allowed.Least.Where(field => field.Item1 == RosterCollection.Orgs));
    private readonly Observer observer = new();
    private readonly SkippingTime time = new();
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private FakeOneRosterServer server = null!;

    public async ValueTask InitializeAsync() => server = await FakeOneRosterServer.StartAsync(District.Rest12());

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    [Trait("Requirement", "S-8")]
    public async Task Redirect_to_the_same_origin_is_followed_and_then_asked_at_once(int status)
    {
        var tokens = new List<string>();
        server.Fault = (_, context) =>
        {
            tokens.Add(context.Request.Headers.Authorization.ToString());
            return context.Request.Path.Value!.EndsWith('/') ? Task.FromResult(false) : Redirect(context, status, context.Request.Path + "/" + context.Request.QueryString);
        };
        server.ClampTo = 1;

        Assert.Equal(2, (await Source().ReadAllAsync(observer, OrgsOnly)).Count);

        Assert.Equal(["/ims/oneroster/rostering/v1p2/orgs", "/ims/oneroster/rostering/v1p2/orgs/", "/ims/oneroster/rostering/v1p2/orgs/"], server.Requests.Select(PathOf));
        Assert.All(tokens, token => Assert.StartsWith("Bearer token-", token, StringComparison.Ordinal));
        Assert.Empty(observer.Findings);
    }

    [Fact]
    [Trait("Requirement", "S-8")]
    public async Task Redirect_to_the_same_origin_in_other_letters_is_followed()
    {
        server.Fault = (_, context) => context.Request.Path.Value!.EndsWith('/')
            ? Task.FromResult(false)
            : Redirect(context, 307, $"HTTP://LOCALHOST:{server.Url.Port}{context.Request.Path}/{context.Request.QueryString}");
        var named = new Uri($"http://localhost:{server.Url.Port}");

        Assert.Equal(2, (await Source(options => options with { BaseUrl = named }).ReadAllAsync(observer, OrgsOnly)).Count);
    }

    [Theory]
    [InlineData("https://elsewhere.example/real/orgs?session=canary", "https://elsewhere.example/real/,")]
    [InlineData("//elsewhere.example/orgs", "http://elsewhere.example/,")]
    [InlineData("https://127.0.0.1/ims/oneroster/rostering/v1p2/orgs", "https://127.0.0.1/ims/oneroster/rostering/v1p2/,")]
    [InlineData("http://user:canary@127.0.0.1/orgs", "to no address")]
    [Trait("Requirement", "S-8")]
    public async Task Redirect_elsewhere_is_refused_by_naming_the_address_to_enter(string target, string named)
    {
        server.Fault = (_, context) => Redirect(context, 302, target);

        var failure = await FailAsync(Source());

        Assert.Equal(RosterFailures.Redirected, failure.Code);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    [Trait("Requirement", "S-8")]
    public async Task Redirects_in_a_circle_end()
    {
        server.Fault = (number, context) => Redirect(context, 307, $"/ims/oneroster/rostering/v1p2/{(number % 2 == 0 ? "orgs" : "schools")}{context.Request.QueryString}");

        Assert.Equal(RosterFailures.Redirected, (await FailAsync(Source())).Code);
        Assert.InRange(server.Requests.Count, 2, 7);
    }

    [Fact]
    [Trait("Requirement", "S-8")]
    public async Task Redirect_of_the_token_URL_is_not_followed_even_on_the_same_origin()
    {
        server.TokenFault = (_, context) => Redirect(context, 307, "/real/token");

        var failure = await FailAsync(Source());

        Assert.Equal((RosterFailures.Redirected, true), (failure.Code, failure.AtTokenUrl));
        Assert.Contains($"the token URL redirects to {server.Url}real/token", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.TokenForms);
        var probed = await ProbeAsync();
        Assert.Equal(RosterFailures.Redirected, probed.Refusal!.Code);
        Assert.Contains("real/token", probed.Refusal.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S-8")]
    public async Task Token_that_comes_with_201_and_a_byte_order_mark_is_a_token()
    {
        server.TokenFault = async (_, context) =>
        {
            context.Response.StatusCode = 201;
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("\uFEFF{\"access_token\":\"token-1\"}");
            return true;
        };

        Assert.Equal(2, (await Source().ReadAllAsync(observer, OrgsOnly)).Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(415)]
    [InlineData(500)]
    [InlineData(502)]
    [Trait("Requirement", "S-8")]
    public async Task Server_that_refuses_Basic_or_breaks_on_it_gets_the_form_once(int status)
    {
        server.AcceptClient = (form, _) => form["client_secret"] == "s:cret";
        server.TokenFault = (form, context) => Status(context, form.ContainsKey("client_secret") ? null : status);

        Assert.Equal(2, (await Source().ReadAllAsync(observer, OrgsOnly)).Count);

        Assert.Equal(2, server.TokenForms.Count);
        Assert.Empty(time.Waits);
    }

    [Fact]
    [Trait("Requirement", "S-8")]
    public async Task Token_endpoint_that_is_broken_for_a_moment_is_asked_both_ways_and_then_again()
    {
        var asked = 0;
        server.TokenFault = (_, context) => Status(context, ++asked <= 2 ? 502 : null);

        Assert.Equal(2, (await Source().ReadAllAsync(observer, OrgsOnly)).Count);

        Assert.Equal(3, server.TokenForms.Count);
        Assert.Single(time.Waits);
    }

    [Fact]
    [Trait("Requirement", "S-8")]
    public async Task Token_endpoint_that_is_busy_is_not_asked_another_way()
    {
        server.TokenFault = (_, context) =>
        {
            context.Response.Headers.RetryAfter = "7";
            return Status(context, server.TokenForms.Count == 1 ? 429 : null);
        };

        Assert.Equal(2, (await Source().ReadAllAsync(observer, OrgsOnly)).Count);

        Assert.Equal([TimeSpan.FromSeconds(7)], time.Waits);
        Assert.All(server.TokenForms, form => Assert.DoesNotContain("client_secret", form, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(null)]
    [Trait("Requirement", "S-8")]
    public async Task Token_without_a_life_to_speak_of_is_used_until_it_is_refused(int? life)
    {
        server.TokenLife = life;
        server.ClampTo = 1;
        server.Fault = (_, _) =>
        {
            time.Advance(TimeSpan.FromSeconds(60));
            return Task.FromResult(false);
        };

        await Source().ReadAllAsync(observer);

        Assert.True(server.Requests.Count > 5);
        Assert.Single(server.TokenForms);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [Trait("Requirement", "S-8")]
    public async Task Token_that_was_good_and_is_refused_is_renewed_once(int status)
    {
        server.RefusalStatus = status;
        server.ClampTo = 1;
        server.Fault = (number, _) =>
        {
            server.RefusedTokens = number >= 3 ? 1 : 0;
            return Task.FromResult(false);
        };

        Assert.Equal(13, (await Source().ReadAllAsync(observer)).Count(row => row is not UserRole));

        Assert.Equal(2, server.TokenForms.Count);
        Assert.Empty(observer.Findings);
    }

    [Fact]
    [Trait("Requirement", "S-8")]
    public async Task Collection_that_is_denied_to_a_good_token_costs_one_renewal_and_is_named()
    {
        server.Fault = (_, context) => Status(context, context.Request.Path.Value!.EndsWith("/users", StringComparison.Ordinal) ? 403 : null);

        var failure = await Assert.ThrowsAsync<RosterSourceException>(() => Source().ReadAllAsync(observer));

        Assert.Equal((RosterFailures.Forbidden, RosterCollection.Users), (failure.Code, failure.Collection));
        Assert.Equal(2, server.TokenForms.Count);
    }

    [Fact]
    [Trait("Requirement", "S-8")]
    public async Task Refused_scope_is_said_and_so_is_where_a_scope_is_taken()
    {
        server.TokenFault = (form, context) => form.ContainsKey("scope") || context.Request.Query.ContainsKey("scope")
            ? Answer(context, 400, """{"error":"invalid_scope","error_description":"canary"}""")
            : Task.FromResult(false);
        var refused = (await ProbeAsync()).Refusal!;
        Assert.Equal(RosterFailures.TokenRefused, refused.Code);
        Assert.Contains("--scope none", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refused.Text, StringComparison.Ordinal);

        server.TokenFault = (_, context) => context.Request.Query.ContainsKey("scope") ? Task.FromResult(false) : Answer(context, 400, """{"error":"invalid_scope"}""");
        Assert.Equal((true, false), (await ProbeAsync()).Facts is { } facts ? (facts.ScopeInQuery, facts.SecretInForm) : default);
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(204, "")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"courses":null}""")]
    [InlineData(200, """{"statusInfoSet":[],"totalCount":0,"page":{ }}""")]
    [Trait("Requirement", "S-9")]
    public async Task Empty_collection_is_read_as_empty_and_told_where_the_others_answer(int status, string body)
    {
        server.Fault = (_, context) => context.Request.Path.Value!.EndsWith("/courses", StringComparison.Ordinal) ? Answer(context, status, body) : Task.FromResult(false);

        var rows = await Source().ReadAllAsync(observer);

        Assert.Empty(rows.OfType<Course>());
        Assert.Equal(3, rows.OfType<Enrollment>().Count());
        Assert.Equal((RosterRules.CollectionAbsent, RosterCollection.Courses), observer.Findings.Select(finding => (finding.Rule, finding.Collection!.Value)).Single());
    }

    [Theory]
    [InlineData(404, "", RosterFailures.UnexpectedStatus)]
    [InlineData(200, "{}", RosterFailures.WrapperMissing)]
    [InlineData(200, """{"orgs":null}""", RosterFailures.WrapperMissing)]
    [Trait("Requirement", "S-9")]
    public async Task Server_that_has_no_collection_at_all_is_no_empty_roster(int status, string body, string code)
    {
        server.Fault = (_, context) => Answer(context, status, body);

        var failure = await Assert.ThrowsAsync<RosterSourceException>(() => Source().ReadAllAsync(observer));

        Assert.Equal((code, RosterCollection.Orgs), (failure.Code, failure.Collection));
        Assert.Empty(observer.Findings);
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
        server.Fault = (_, context) => context.Request.Path.Value!.EndsWith("/courses", StringComparison.Ordinal) ? Answer(context, 200, body) : Task.FromResult(false);

        Assert.Equal(RosterFailures.WrapperMissing, (await Assert.ThrowsAsync<RosterSourceException>(() => Source().ReadAllAsync(observer))).Code);
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
        server.Collections["orgs"] = Orgs(rows);
        server.Fault = (_, context) => Status(context, int.Parse(context.Request.Query["offset"]!) >= rows ? 404 : null);

        Assert.Equal(rows, (await Source(options => options with { PageSize = limit }).ReadAllAsync(observer, OrgsOnly)).Count);

        Assert.All(server.Requests, request => Assert.True(OffsetOf(request) < rows, request));
        Assert.Empty(observer.Findings);
    }

    [Fact]
    [Trait("Requirement", "S-9")]
    public async Task Count_of_the_pages_own_rows_does_not_end_the_reading()
    {
        server.Collections["orgs"] = Orgs(44);
        server.ClampTo = 10;
        server.Count = null;
        server.Fault = (_, context) =>
        {
            context.Response.Headers["X-Total-Count"] = Math.Min(10, 44 - int.Parse(context.Request.Query["offset"]!)).ToString();
            return Task.FromResult(false);
        };

        Assert.Equal(44, (await Source().ReadAllAsync(observer, OrgsOnly)).Count);
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
        server.Collections["orgs"] = Orgs(rows);
        server.Count = null;
        server.Fault = (_, context) =>
        {
            var (asked, size) = (int.Parse(context.Request.Query["offset"]!), int.Parse(context.Request.Query["limit"]!));
            var offset = asked >= rows ? (rows - 1) / size * size : wholePagesOnly ? asked / size * size : asked;
            return Answer(context, 200, FakeOneRosterServer.Page("orgs", server.Collections["orgs"].Skip(offset).Take(size)));
        };

        Assert.Equal(rows, (await Source(options => options with { PageSize = limit }).ReadAllAsync(observer, OrgsOnly)).Count);
        Assert.Empty(observer.Findings);
    }

    [Theory]
    [InlineData("application/json", "\uFEFF")]
    [InlineData("text/html; charset=UTF-8", "")]
    [InlineData("text/plain", "\uFEFF \r\n")]
    [InlineData(null, "")]
    [Trait("Requirement", "S-9")]
    public async Task Json_reads_the_same_in_probe_and_reading_whatever_it_is_called(string? type, string begin)
    {
        server.Fault = (_, context) =>
        {
            var name = context.Request.Path.Value!.Split('/').Last();
            var page = FakeOneRosterServer.Page(name, server.Collections[name].Skip(int.Parse(context.Request.Query["offset"]!)));
            return Answer(context, 200, begin + page, type);
        };

        var facts = (await ProbeAsync()).Facts!;

        Assert.Equal("/ims/oneroster/rostering/v1p2/", facts.BaseUrl.AbsolutePath);
        Assert.Equal(13, (await Source().ReadAllAsync(observer)).Count(row => row is not UserRole));
        Assert.Empty(observer.Findings);
    }

    [Fact]
    [Trait("Requirement", "S-9")]
    public async Task Name_of_the_list_may_be_in_other_letters()
    {
        server.Fault = (_, context) => Answer(context, 200, FakeOneRosterServer.Page("Orgs", server.Collections["orgs"].Skip(int.Parse(context.Request.Query["offset"]!))));

        Assert.Equal(2, (await Source().ReadAllAsync(observer, OrgsOnly)).Count);
    }

    [Fact]
    [Trait("Requirement", "S-7")]
    public async Task Numbers_are_ids_in_records_and_in_references()
    {
        server.Collections["orgs"] = ["""{"sourcedId":17,"type":"district"}""", """{"sourcedId":"18","type":"school","parent":{"sourcedId":17}}""", """{"sourcedId":19,"type":"school","parent":17}"""];

        var orgs = (await Source().ReadAllAsync(observer, FieldAllowList.Create([.. Allowed.Least.Where(field => field.Item1 == RosterCollection.Orgs), (RosterCollection.Orgs, "parent")]))).Cast<Org>().ToList();

        Assert.Equal(["17", "18", "19"], orgs.Select(org => org.Id.ExposeText()));
        Assert.All(orgs.Skip(1), org => Assert.Equal("17", org.Parent!.Value.ExposeText()));
        Assert.Empty(observer.Findings);
    }

    [Fact]
    [Trait("Requirement", "S-6")]
    public async Task Users_of_1_1_on_a_1_2_server_have_the_roles_that_they_say_and_it_is_told()
    {
        server.Collections["users"] = District.Rest11()["users"];

        var roles = (await Source().ReadAllAsync(observer)).OfType<UserRole>().ToList();

        Assert.Equal(4, roles.Count);
        Assert.Equal([RosterRules.OlderUsers], observer.Findings.Select(finding => finding.Rule).Distinct());
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(1000, 10)]
    [Trait("Requirement", "S-11")]
    public async Task Next_page_is_asked_while_the_present_one_is_read_also_without_counts(int limit, int? clamp)
    {
        server.Collections["orgs"] = Orgs(90);
        (server.Count, server.ClampTo) = (null, clamp);
        var twoAtOnce = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var open = 0;
        server.Fault = async (number, context) =>
        {
            // The fourth page does not end before the fifth was asked for.
            if (number == 5)
                twoAtOnce.TrySetResult();
            if (number != 4)
                return false;
            open++;
            context.Response.ContentType = "application/json";
            var page = FakeOneRosterServer.Page("orgs", server.Collections["orgs"].Skip(int.Parse(context.Request.Query["offset"]!)).Take(10));
            await context.Response.WriteAsync(page[..^20]);
            await context.Response.Body.FlushAsync();
            await twoAtOnce.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
            await context.Response.WriteAsync(page[^20..]);
            return true;
        };

        Assert.Equal(90, (await Source(options => options with { PageSize = limit }).ReadAllAsync(observer, OrgsOnly)).Count);

        Assert.Equal(1, open);
        Assert.Empty(observer.Findings);
    }

    private static List<string> Orgs(int rows) => [.. Enumerable.Range(0, rows).Select(i => $$"""{"sourcedId":"o{{i:000}}","type":"school"}""")];

    private static string PathOf(string request) => request.Split('?')[0];

    private static int OffsetOf(string request) => int.Parse(request.Split("offset=")[1].Split('&')[0]);

    private static Task<bool> Redirect(HttpContext context, int status, string target)
    {
        context.Response.Headers.Location = target;
        return Status(context, status);
    }

    private static Task<bool> Status(HttpContext context, int? status)
    {
        if (status is not null)
            context.Response.StatusCode = status.Value;
        return Task.FromResult(status is not null);
    }

    private static async Task<bool> Answer(HttpContext context, int status, string body, string? type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        if (body.Length > 0)
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
        return true;
    }

    private RestRosterSource Source(Func<RestRosterSourceOptions, RestRosterSourceOptions>? with = null)
    {
        var options = new RestRosterSourceOptions(OneRosterVersion.V1P2, server.Url, server.TokenUrl, "gateway", "s:cret");
        return new RestRosterSource(with?.Invoke(options) ?? options, http, time, NullLogger<RestRosterSource>.Instance);
    }

    private Task<RosterProbeOutcome> ProbeAsync() => new RosterServerProbe(http, time, NullLogger<RosterServerProbe>.Instance)
        .ProbeAsync(new RestRosterSourceOptions(OneRosterVersion.V1P2, server.Url, server.TokenUrl, "gateway", "s:cret"), TestContext.Current.CancellationToken);

    private async Task<RosterSourceException> FailAsync(RestRosterSource source) =>
        await Assert.ThrowsAsync<RosterSourceException>(() => source.ReadAllAsync(observer, OrgsOnly));
}
