using Microsoft.AspNetCore.Http;
using OneRoster.Model;
using OneRoster.Rest;
using OneRoster.Validation;

namespace OneRoster.Tests.Rest;

public sealed class RestRosterSourceTests : IAsyncLifetime
{
    private static readonly FieldAllowList OrgsOnly = FieldAllowList.Create(Allowed.Least.Where(field => field.Item1 == RosterCollection.Orgs));
    private readonly Observer observer = new();
    private readonly SkippingTime time = new();
    private readonly CapturingLog log = new();
    private readonly HttpClient http = new();
    private FakeOneRosterServer server = null!;

    public async ValueTask InitializeAsync() => server = await FakeOneRosterServer.StartAsync(District.Rest12());

    public async ValueTask DisposeAsync()
    {
        // Whatever a test did, nothing from outside may have been logged.
        Canaries.AssertNoneIn(log.Lines);
        Assert.All(log.Lines, line => Assert.DoesNotContain("token-", line, StringComparison.Ordinal));
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "R-1.1")]
    public async Task Whole_district_is_read_in_order_without_a_finding()
    {
        var rows = await Source().ReadAllAsync(observer);
        Assert.Equal([2, 2, 1, 2, 3, 4, 3], Enum.GetValues<RosterCollection>().Select(collection => rows.Count(row => row.Collection == collection)));
        Assert.Equal("user u1 Active enabled=True master=m1 grades=09 org=s1", Reading.Describe(rows.OfType<User>().First()));
        Assert.Equal("org s1 Active School parent=d1 name=Umber Academy", Reading.Describe(rows.OfType<Org>().Last()));
        Assert.Empty(observer.Findings);
        Assert.Equal(4, observer.Rows[RosterCollection.UserRoles]);
        Canaries.AssertNoneIn(rows);
    }

    [Fact]
    [Trait("Requirement", "R-1.5")]
    public async Task Request_asks_for_the_allowed_fields_in_a_fixed_order()
    {
        await Source().ReadAllAsync(observer, FieldAllowList.Create(Allowed.Least));
        Assert.Contains(
            "/ims/oneroster/rostering/v1p2/users?limit=1000&offset=0&sort=sourcedId&orderBy=asc&fields=sourcedId,status,enabledUser,roles", server.Requests);
        Assert.All(server.Requests, request => Assert.DoesNotContain("demographics", request, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("grant_type=client_credentials&scope=https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly", Assert.Single(server.TokenForms));
    }

    [Fact]
    [Trait("Requirement", "R-1.5")]
    public async Task Server_that_refuses_field_selection_is_read_through_the_allow_list()
    {
        server.Fault = (_, context) => Status(context, context.Request.Query.ContainsKey("fields") ? 400 : context.Request.Query.ContainsKey("sort") ? 422 : null);
        var rows = await Source().ReadAllAsync(observer, OrgsOnly);
        Assert.Equal(2, rows.Count);
        Assert.Equal([(RosterRules.SelectionRefused, "fields"), (RosterRules.SelectionRefused, "sort")], observer.Findings.Select(finding => (finding.Rule, finding.Column)));
        Canaries.AssertNoneIn(rows);
    }

    [Theory]
    [InlineData("\\u0000")] // No database takes a zero.
    [InlineData("\\n")]
    [InlineData("\\u202E")]
    [Trait("Requirement", "R-2.3")]
    public async Task Title_that_controls_more_than_itself_is_dropped_and_the_class_kept(string letter)
    {
        server.Collections["classes"] = server.Collections["classes"].ConvertAll(row => row.Replace("\"Home\"", $"\"Home{letter}x\"", StringComparison.Ordinal));

        Assert.Null((await Source().ReadAllAsync(observer)).OfType<Class>().Last().Title);
        Assert.Equal((RosterRules.TextCharacters, "title"), Assert.Single(observer.Findings.Select(finding => (finding.Rule, finding.Column))));
    }

    [Theory]
    [InlineData(1, null, 0)]
    [InlineData(1000, 1, 0)]
    [InlineData(2, 2, 1)]
    [InlineData(7, 3, 2)]
    [Trait("Requirement", "R-1.3")]
    public async Task Every_row_is_read_once_however_the_server_pages(int limit, int? clamp, int overlap)
    {
        server.Collections["enrollments"] = [.. Enumerable.Range(0, 23).Select(i => District.Enrollment($"e{i:00}", "u1", "k1", "student"))];
        (server.ClampTo, server.OverlapBy) = (clamp, overlap);
        var rows = await Source(options => options with { PageSize = limit }).ReadAllAsync(observer);
        Assert.Equal(Enumerable.Range(0, 23).Select(i => $"e{i:00}"), rows.OfType<Enrollment>().Select(row => row.Id.ExposeText()));
        Assert.All(observer.Findings, finding => Assert.Equal(RosterRules.RepeatedRow, finding.Rule));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(2)]
    [Trait("Requirement", "R-1.3")]
    public async Task Server_that_ignores_the_offset_does_not_make_it_endless(int remembered)
    {
        server.Collections["orgs"] = [.. Enumerable.Range(0, 9).Select(i => $$"""{"sourcedId":"o{{i}}","type":"school"}""")];
        server.IgnoresOffset = true;
        var rows = await Source(options => options with { RememberedIds = remembered }).ReadAllAsync(observer, OrgsOnly);
        Assert.Equal(9, rows.Count);
        Assert.Equal(2, server.Requests.Count);
        Assert.Empty(observer.Findings);
    }

    [Fact]
    [Trait("Requirement", "R-1.3")]
    public async Task Count_that_is_absent_or_too_small_is_no_failure()
    {
        server.Count = null;
        Assert.Equal(2, (await Source().ReadAllAsync(observer, OrgsOnly)).Count);
        Assert.Empty(observer.Findings);
        server.Count = (_, _) => 1;
        Assert.Equal(2, (await Source().ReadAllAsync(observer, OrgsOnly)).Count);
        Assert.Equal(RosterRules.MoreThanCounted, Assert.Single(observer.Findings).Rule);
    }

    [Fact]
    [Trait("Requirement", "R-1.3")]
    public async Task Fewer_rows_than_counted_are_not_taken_for_the_whole()
    {
        server.Count = (_, all) => all + 1;
        Assert.Equal(RosterFailures.RowsMissing, (await FailAsync()).Code);
    }

    [Fact]
    [Trait("Requirement", "R-1.3")]
    public async Task Pages_without_ids_do_not_go_on_for_ever()
    {
        server.Collections["orgs"] = ["""{"type":"school"}"""];
        server.IgnoresOffset = true;
        Assert.Equal(RosterFailures.Endless, (await FailAsync()).Code);
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, "Tue, 01 Sep 2026 03:00:42 GMT", 42)]
    [Trait("Requirement", "R-1.4")]
    public async Task Retry_after_is_honoured_in_both_forms(int status, string header, int seconds)
    {
        server.Fault = (number, context) =>
        {
            context.Response.Headers.RetryAfter = header;
            return Status(context, number == 1 ? status : null);
        };
        Assert.Equal(2, (await Source().ReadAllAsync(observer, OrgsOnly)).Count);
        Assert.Equal([TimeSpan.FromSeconds(seconds)], time.Waits);
    }

    [Fact]
    [Trait("Requirement", "R-1.4")]
    public async Task Busy_server_is_asked_again_with_growing_waits_and_then_given_up()
    {
        server.Fault = (_, context) => Status(context, 503);
        var failure = await FailAsync();
        Assert.Equal((RosterFailures.Unavailable, 503), (failure.Code, failure.HttpStatus));
        Assert.Equal(6, server.Requests.Count);
        Assert.Equal(5, time.Waits.Count);
        Assert.All(time.Waits.Index(), wait => Assert.InRange(wait.Item.TotalSeconds, Math.Pow(2, wait.Index) / 2, Math.Pow(2, wait.Index)));
    }

    [Fact]
    [Trait("Requirement", "R-1.4")]
    public async Task Server_that_asks_for_too_long_a_wait_is_given_up()
    {
        server.Fault = (_, context) =>
        {
            context.Response.Headers.RetryAfter = "86400";
            return Status(context, 429);
        };
        Assert.Equal(RosterFailures.Unavailable, (await FailAsync()).Code);
        Assert.Empty(time.Waits);
    }

    [Fact]
    [Trait("Requirement", "R-1.4")]
    public async Task Refused_token_is_renewed_once()
    {
        server.RefusedTokens = 1;
        Assert.Equal(2, (await Source().ReadAllAsync(observer, OrgsOnly)).Count);
        Assert.Equal(2, server.TokenForms.Count);
        server.RefusedTokens = int.MaxValue;
        Assert.Equal(RosterFailures.Unauthorized, (await FailAsync()).Code);
        Assert.Equal(4, server.TokenForms.Count);
    }

    [Fact]
    public async Task Expired_token_is_replaced_before_it_is_used()
    {
        server.TokenLife = 60;
        server.Fault = (_, _) =>
        {
            time.Advance(TimeSpan.FromSeconds(31));
            return Task.FromResult(false);
        };
        await Source().ReadAllAsync(observer, OrgsOnly);
        Assert.Equal(2, server.TokenForms.Count);
    }

    [Fact]
    [Trait("Requirement", "R-1.2")]
    public async Task Server_that_wants_the_secret_in_the_form_gets_it_there()
    {
        server.AcceptClient = (form, _) => form["client_secret"] == "s:cret";
        Assert.Equal(2, (await Source().ReadAllAsync(observer, OrgsOnly)).Count);
        Assert.Equal(2, server.TokenForms.Count);
    }

    [Fact]
    [Trait("Requirement", "R-1.2")]
    public async Task Refused_client_is_named_by_the_code_of_the_specification_only()
    {
        server.AcceptClient = (_, _) => false;
        var failure = await FailAsync();
        Assert.Equal(RosterFailures.TokenRefused, failure.Code);
        Assert.Contains("invalid_client", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", """{"orgs":[{"sourcedId":"a","type":"school","name":"canary"},{"sourcedId":"b","na""", RosterFailures.JsonTruncated)]
    [InlineData("application/json", """{"orgs":[{"sourcedId":"a","type":"school"}]""", RosterFailures.JsonTruncated)]
    [InlineData("application/json", "", RosterFailures.JsonTruncated)]
    [InlineData("application/json", "<html>canary</html>", RosterFailures.JsonInvalid)]
    [InlineData("application/json", """{"orgs":[{"sourcedId":canary}]}""", RosterFailures.JsonInvalid)]
    [InlineData("application/json", """{"orgs":["canary"]}""", RosterFailures.JsonInvalid)]
    [InlineData("application/json", """{"users":[]}""", RosterFailures.WrapperMissing)]
    [InlineData("application/json", """{"orgs":null}""", RosterFailures.WrapperMissing)]
    [InlineData("application/json", """[{"sourcedId":"canary"}]""", RosterFailures.WrapperMissing)]
    [InlineData("text/html", "<html>canary</html>", RosterFailures.WrongContentType)]
    [InlineData(null, "canary", RosterFailures.WrongContentType)]
    [Trait("Requirement", "R-1.4")]
    public async Task Answer_that_is_not_a_page_ends_the_reading_without_quoting_it(string? type, string body, string code)
    {
        server.Fault = async (_, context) =>
        {
            context.Response.ContentType = type;
            await context.Response.WriteAsync(body);
            return true;
        };
        var failure = await FailAsync();
        Assert.Equal((code, RosterCollection.Orgs, 1, 0L), (failure.Code, failure.Collection, failure.Page, failure.Offset));
    }

    [Theory]
    [InlineData(403, RosterFailures.Forbidden)]
    [InlineData(404, RosterFailures.UnexpectedStatus)]
    [Trait("Requirement", "R-1.4")]
    public async Task Refused_request_ends_the_reading_with_its_status(int status, string code)
    {
        server.Fault = (_, context) => Status(context, status);
        var failure = await FailAsync();
        Assert.Equal((code, status), (failure.Code, failure.HttpStatus));
    }

    [Fact]
    public async Task Page_that_breaks_off_is_read_again_without_repeating_rows()
    {
        server.Fault = (number, context) => Task.FromResult(number == 1 && BreakOff(context));
        var rows = await Source().ReadAllAsync(observer, OrgsOnly);
        Assert.Equal(["d1", "s1"], rows.Cast<Org>().Select(row => row.Id.ExposeText()));
        Assert.Empty(observer.Findings);
        Assert.Single(time.Waits);
    }

    [Fact]
    [Trait("Requirement", "R-1.4")]
    public async Task Server_that_dies_in_every_page_is_given_up()
    {
        server.Fault = (_, context) => Task.FromResult(BreakOff(context));
        var failure = await FailAsync();
        Assert.Equal((RosterFailures.ConnectionLost, 1), (failure.Code, failure.Page));

        // The reset may overtake the headers; then the sender tries again by itself.
        Assert.InRange(server.Requests.Count, 6, 36);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_given_up()
    {
        await server.DisposeAsync();
        Assert.Equal(RosterFailures.ConnectionLost, (await FailAsync()).Code);
    }

    [Fact]
    public async Task Values_of_another_kind_cost_the_value_or_the_row()
    {
        server.Collections["users"] =
        [
            """{"sourcedId":"u1","enabledUser":true,"grades":"09","primaryOrg":"s1","userMasterIdentifier":{"canary":1},"roles":[{"org":{"sourcedId":"s1"},"role":"teacher"},7]}""",
            """{"sourcedId":["canary"],"enabledUser":"true"}""",
            """{"sourcedId":"u3","enabledUser":"yes","givenName":{"canary":[{}]}}""",
        ];
        var rows = await Source().ReadAllAsync(observer);
        Assert.Equal("user u1 Active enabled=True master= grades=09 org=s1", Reading.Describe(Assert.Single(rows.OfType<User>())));
        Assert.Empty(rows.OfType<UserRole>());
        Assert.Equal(
            [
                (0L, RosterRules.WrongKind, "userMasterIdentifier"), (0L, RosterRules.RequiredValueMissing, "roleType"),
                (1L, RosterRules.WrongKind, "sourcedId"), (1L, RosterRules.RequiredValueMissing, "roles"), (1L, RosterRules.RequiredValueMissing, "sourcedId"),
                (2L, RosterRules.RequiredValueMissing, "roles"), (2L, RosterRules.BooleanInvalid, "enabledUser"),
            ],
            observer.Findings.Select(finding => (finding.Offset, finding.Rule, finding.Column)));
        Canaries.AssertNoneIn(observer.Findings);
    }

    [Fact]
    public async Task Records_of_any_size_and_packets_of_any_size_are_read()
    {
        var padding = string.Concat(Enumerable.Repeat("""{"canary":"\u00e4\"]}"},""", 20_000));
        server.Collections["orgs"] = [.. Enumerable.Range(0, 3).Select(i => $$"""{"metadata":[{{padding}}{}],"sourcedId":"o{{i}}","type":"school"}""")];
        Assert.Equal(3, (await Source().ReadAllAsync(observer, OrgsOnly)).Count);

        server.Fault = async (_, context) =>
        {
            context.Response.ContentType = "application/json";
            var page = FakeOneRosterServer.Page("orgs", District.Rest12()["orgs"].Skip(int.Parse(context.Request.Query["offset"]!)));
            foreach (var letter in "\uFEFF" + page)
            {
                await context.Response.WriteAsync(letter.ToString());
                await context.Response.Body.FlushAsync();
            }

            return true;
        };
        Assert.Equal(2, (await Source().ReadAllAsync(observer, OrgsOnly)).Count);
    }

    [Fact]
    public async Task Server_that_falls_silent_is_given_up()
    {
        server.Fault = async (_, context) =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{\"orgs\":[");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        var options = new RestRosterSourceOptions(OneRosterVersion.V1P2, server.Url, server.TokenUrl, "gateway", "s:cret")
        {
            Attempts = 2,
            FirstWait = TimeSpan.FromMilliseconds(1),
            LongestSilence = TimeSpan.FromMilliseconds(20),
        };
        await using var source = new RestRosterSource(options, http, TimeProvider.System, log);
        var failure = await Assert.ThrowsAsync<RosterSourceException>(() => source.ReadAllAsync(observer, OrgsOnly));
        Assert.Equal(RosterFailures.ConnectionLost, failure.Code);
    }

    [Fact]
    public async Task Cancelled_reading_stops()
    {
        using var cancel = new CancellationTokenSource();
        await using var source = Source();
        await using var rows = source.ReadAsync(Allowed.Everything, observer, cancel.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await rows.MoveNextAsync());
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await rows.MoveNextAsync())
            {
            }
        });
    }

    private RestRosterSource Source(Func<RestRosterSourceOptions, RestRosterSourceOptions>? with = null)
    {
        var options = new RestRosterSourceOptions(OneRosterVersion.V1P2, server.Url, server.TokenUrl, "gateway", "s:cret");
        return new RestRosterSource(with?.Invoke(options) ?? options, http, time, log);
    }

    private async Task<RosterSourceException> FailAsync()
    {
        var failure = await Assert.ThrowsAsync<RosterSourceException>(() => Source().ReadAllAsync(observer, OrgsOnly));
        Assert.Null(failure.InnerException);
        Canaries.AssertNoneIn([failure.ToString()]);
        return failure;
    }

    private static Task<bool> Status(HttpContext context, int? status)
    {
        if (status is not null)
            context.Response.StatusCode = status.Value;
        return Task.FromResult(status is not null);
    }

    /// <summary>Sends one record of a page, and then closes the connection.</summary>
    private static bool BreakOff(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 10_000;
        context.Response.WriteAsync("""{"orgs":[{"sourcedId":"d1","type":"district"},{"sourcedId":"s1",""").GetAwaiter().GetResult();
        context.Response.Body.FlushAsync().GetAwaiter().GetResult();
        context.Abort();
        return true;
    }
}
