using Microsoft.AspNetCore.Http;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Tests.Rest;

/// <summary>Redirects and tokens, as public servers have them.</summary>
[Trait("Requirement", "S-8")]
public sealed class RedirectAndTokenTests : ServerHabitStage
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_to_the_same_origin_is_followed_and_then_asked_at_once(int status)
    {
        var tokens = new List<string>();
        Server.Fault = (_, context) =>
        {
            tokens.Add(context.Request.Headers.Authorization.ToString());
            return context.Request.Path.Value!.EndsWith('/') ? Task.FromResult(false) : Redirect(context, status, context.Request.Path + "/" + context.Request.QueryString);
        };
        Server.ClampTo = 1;

        Assert.Equal(2, (await Source().ReadAllAsync(Observer, OrgsOnly)).Count);

        Assert.Equal(["/ims/oneroster/rostering/v1p2/orgs", "/ims/oneroster/rostering/v1p2/orgs/", "/ims/oneroster/rostering/v1p2/orgs/"], Server.Requests.Select(PathOf));
        Assert.All(tokens, token => Assert.StartsWith("Bearer token-", token, StringComparison.Ordinal));
        Assert.Empty(Observer.Findings);
    }

    [Fact]
    public async Task Redirect_to_the_same_origin_in_other_letters_is_followed()
    {
        Server.Fault = (_, context) => context.Request.Path.Value!.EndsWith('/')
            ? Task.FromResult(false)
            : Redirect(context, 307, $"HTTP://LOCALHOST:{Server.Url.Port}{context.Request.Path}/{context.Request.QueryString}");
        var named = new Uri($"http://localhost:{Server.Url.Port}");

        Assert.Equal(2, (await Source(options => options with { BaseUrl = named }).ReadAllAsync(Observer, OrgsOnly)).Count);
    }

    [Theory]
    [InlineData("https://elsewhere.example/real/orgs?session=canary", "https://elsewhere.example/real/,")]
    [InlineData("//elsewhere.example/orgs", "http://elsewhere.example/,")]
    [InlineData("https://127.0.0.1/ims/oneroster/rostering/v1p2/orgs", "https://127.0.0.1/ims/oneroster/rostering/v1p2/,")]
    [InlineData("http://user:canary@127.0.0.1/orgs", "to no address")]
    public async Task Redirect_elsewhere_is_refused_by_naming_the_address_to_enter(string target, string named)
    {
        Server.Fault = (_, context) => Redirect(context, 302, target);

        var failure = await FailAsync(Source());

        Assert.Equal(RosterFailures.Redirected, failure.Code);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failure.Message, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        Server.Fault = (number, context) => Redirect(context, 307, $"/ims/oneroster/rostering/v1p2/{(number % 2 == 0 ? "orgs" : "schools")}{context.Request.QueryString}");

        Assert.Equal(RosterFailures.Redirected, (await FailAsync(Source())).Code);
        Assert.InRange(Server.Requests.Count, 2, 7);
    }

    [Fact]
    public async Task Redirect_of_the_token_URL_is_not_followed_even_on_the_same_origin()
    {
        Server.TokenFault = (_, context) => Redirect(context, 307, "/real/token");

        var failure = await FailAsync(Source());

        Assert.Equal((RosterFailures.Redirected, true), (failure.Code, failure.AtTokenUrl));
        Assert.Contains($"the token URL redirects to {Server.Url}real/token", failure.Message, StringComparison.Ordinal);
        Assert.Single(Server.TokenForms);
        var probed = await ProbeAsync();
        Assert.Equal(RosterFailures.Redirected, probed.Refusal!.Code);
        Assert.Contains("real/token", probed.Refusal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_that_comes_with_201_and_a_byte_order_mark_is_a_token()
    {
        Server.TokenFault = async (_, context) =>
        {
            context.Response.StatusCode = 201;
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("\uFEFF{\"access_token\":\"token-1\"}");
            return true;
        };

        Assert.Equal(2, (await Source().ReadAllAsync(Observer, OrgsOnly)).Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(415)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task Server_that_refuses_Basic_or_breaks_on_it_gets_the_form_once(int status)
    {
        Server.AcceptClient = (form, _) => form["client_secret"] == "s:cret";
        Server.TokenFault = (form, context) => Status(context, form.ContainsKey("client_secret") ? null : status);

        Assert.Equal(2, (await Source().ReadAllAsync(Observer, OrgsOnly)).Count);

        Assert.Equal(2, Server.TokenForms.Count);
        Assert.Empty(Time.Waits);
    }

    [Fact]
    public async Task Token_endpoint_that_is_broken_for_a_moment_is_asked_both_ways_and_then_again()
    {
        var asked = 0;
        Server.TokenFault = (_, context) => Status(context, ++asked <= 2 ? 502 : null);

        Assert.Equal(2, (await Source().ReadAllAsync(Observer, OrgsOnly)).Count);

        Assert.Equal(3, Server.TokenForms.Count);
        Assert.Single(Time.Waits);
    }

    [Fact]
    public async Task Token_endpoint_that_is_busy_is_not_asked_another_way()
    {
        Server.TokenFault = (_, context) =>
        {
            context.Response.Headers.RetryAfter = "7";
            return Status(context, Server.TokenForms.Count == 1 ? 429 : null);
        };

        Assert.Equal(2, (await Source().ReadAllAsync(Observer, OrgsOnly)).Count);

        Assert.Equal([TimeSpan.FromSeconds(7)], Time.Waits);
        Assert.All(Server.TokenForms, form => Assert.DoesNotContain("client_secret", form, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(null)]
    public async Task Token_without_a_life_to_speak_of_is_used_until_it_is_refused(int? life)
    {
        Server.TokenLife = life;
        Server.ClampTo = 1;
        Server.Fault = (_, _) =>
        {
            Time.Advance(TimeSpan.FromSeconds(60));
            return Task.FromResult(false);
        };

        await Source().ReadAllAsync(Observer);

        Assert.True(Server.Requests.Count > 5);
        Assert.Single(Server.TokenForms);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Token_that_was_good_and_is_refused_is_renewed_once(int status)
    {
        Server.RefusalStatus = status;
        Server.ClampTo = 1;
        Server.Fault = (number, _) =>
        {
            Server.RefusedTokens = number >= 3 ? 1 : 0;
            return Task.FromResult(false);
        };

        Assert.Equal(13, (await Source().ReadAllAsync(Observer)).Count(row => row is not UserRole));

        Assert.Equal(2, Server.TokenForms.Count);
        Assert.Empty(Observer.Findings);
    }

    [Fact]
    public async Task Collection_that_is_denied_to_a_good_token_costs_one_renewal_and_is_named()
    {
        Server.Fault = (_, context) => Status(context, context.Request.Path.Value!.EndsWith("/users", StringComparison.Ordinal) ? 403 : null);

        var failure = await Assert.ThrowsAsync<RosterSourceException>(() => Source().ReadAllAsync(Observer));

        Assert.Equal((RosterFailures.Forbidden, RosterCollection.Users), (failure.Code, failure.Collection));
        Assert.Equal(2, Server.TokenForms.Count);
    }

    [Fact]
    public async Task Refused_scope_is_said_and_so_is_where_a_scope_is_taken()
    {
        Server.TokenFault = (form, context) => form.ContainsKey("scope") || context.Request.Query.ContainsKey("scope")
            ? Answer(context, 400, """{"error":"invalid_scope","error_description":"canary"}""")
            : Task.FromResult(false);
        var refused = (await ProbeAsync()).Refusal!;
        Assert.Equal(RosterFailures.TokenRefused, refused.Code);
        Assert.Contains("--scope none", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refused.Text, StringComparison.Ordinal);

        Server.TokenFault = (_, context) => context.Request.Query.ContainsKey("scope") ? Task.FromResult(false) : Answer(context, 400, """{"error":"invalid_scope"}""");
        Assert.Equal((true, false), (await ProbeAsync()).Facts is { } facts ? (facts.ScopeInQuery, facts.SecretInForm) : default);
    }

    private static string PathOf(string request) => request.Split('?')[0];

    private static Task<bool> Redirect(HttpContext context, int status, string target)
    {
        context.Response.Headers.Location = target;
        return Status(context, status);
    }
}
