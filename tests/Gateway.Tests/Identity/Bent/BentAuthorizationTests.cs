using System.Net;
using Gateway.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Tests.Identity.Bent;

public sealed class BentAuthorizationTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private readonly CodeFlow flow = new(host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names { get; } = [.. BentAuthorization.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Bent_request_is_refused_with_the_right_error_and_spends_nothing(string name)
    {
        var (change, error) = BentAuthorization.All[name];
        var good = flow.AuthorizeRequest();
        // Signed in before, so that only the bent request's own rows would count.
        var earlier = await IdTokenAsync(host.NewTicket(learner: 8));
        var bent = new BentAuthorization.Request(host, new(good), _ => earlier);
        change(bent);
        var spent = await SpentAsync();

        using var response = await SendAsync(bent);

        if (error.StartsWith("identity.", StringComparison.Ordinal))
            await AssertHaltedAsync(response, error);
        else
            AssertReturned(response, error);
        Assert.Equal(spent, await SpentAsync());
        using var right = await flow.AuthorizeAsync(good);
        Assert.Equal(HttpStatusCode.OK, (await flow.TokenAsync(CodeFlow.TokenRequest(CodeFlow.Returned(right)["code"]))).Status);
    }

    [Theory]
    [InlineData("claims", """{"id_token":{"email":{"essential":true},"sub":{"value":"somebody"}},"userinfo":{"name":null}}""")]
    [InlineData("claims", "{{{ no JSON at all")]
    [InlineData("display", "popup")]
    [InlineData("ui_locales", "fr-CA fr en")]
    [InlineData("claims_locales", "de")]
    [InlineData("acr_values", "urn:mace:incommon:iap:silver")]
    [InlineData("max_age", "3600")]
    [InlineData("prompt", "")]
    [InlineData("response_mode", "query")]
    [InlineData("scope", "openid profile email offline_access")]
    [InlineData("resource", "https://elsewhere.example")]
    [InlineData("unheard_of", "anything")]
    public async Task What_a_provider_need_not_understand_changes_nothing(string name, string value)
    {
        var request = flow.AuthorizeRequest();
        request[name] = value;
        using var response = await flow.AuthorizeAsync(request);
        var answer = await flow.TokenAsync(CodeFlow.TokenRequest(CodeFlow.Returned(response)["code"]));

        Assert.Equal(
            ["aud", "auth_time", "district", "exp", "iat", "iss", "launch", "nonce", "role", "score_ticket", "sub", "target_link_uri"],
            CodeFlow.ClaimsOf(answer).EnumerateObject().Select(claim => claim.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["access_token", "expires_in", "id_token", "scope", "token_type"], answer.Body.EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public async Task Hint_that_names_who_launched_is_accepted_also_when_it_is_old()
    {
        var hint = await IdTokenAsync(host.NewTicket());
        host.Clock.Advance(TimeSpan.FromDays(1));
        var request = flow.AuthorizeRequest();
        request["id_token_hint"] = hint;
        using var response = await flow.AuthorizeAsync(request);

        Assert.Contains("code", CodeFlow.Returned(response).Keys);
    }

    [Fact]
    public async Task Request_that_is_no_form_goes_nowhere()
    {
        using var body = new StringContent("{}", null, "application/json");
        using var response = await host.Http.PostAsync("/connect/authorize", body, Cancellation);

        await AssertHaltedAsync(response, "identity.request_malformed");
    }

    [Fact]
    public async Task Ticket_is_good_for_a_minute()
    {
        var ticket = host.Get<SignInTickets>().Issue(host.NewTicket());
        host.Clock.Advance(SignInTickets.Lifetime - TimeSpan.FromSeconds(1));
        using var inTime = await flow.AuthorizeAsync(flow.AuthorizeRequest(ticket));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        using var late = await flow.AuthorizeAsync(flow.AuthorizeRequest(ticket));

        Assert.Contains("code", CodeFlow.Returned(inTime).Keys);
        AssertReturned(late, "login_required");
    }

    [Fact]
    public async Task Code_does_not_pass_for_a_ticket()
    {
        using var response = await flow.AuthorizeAsync(flow.AuthorizeRequest(await flow.CodeAsync()));

        AssertReturned(response, "login_required");
    }

    private async Task<string> IdTokenAsync(SignInTicket ticket) =>
        (await flow.TokenAsync(CodeFlow.TokenRequest(await flow.CodeAsync(host.Get<SignInTickets>().Issue(ticket))))).Body.GetProperty("id_token").GetString()!;

    private Task<HttpResponseMessage> SendAsync(BentAuthorization.Request request)
    {
        var address = QueryHelpers.AddQueryString("/connect/authorize", request.Fields);
        return host.Http.GetAsync(request.Again is var (name, value) ? QueryHelpers.AddQueryString(address, name, value) : address, Cancellation);
    }

    private Task<long> SpentAsync() => host.Database.AskAsOwnerAsync<long>("select count(*) from gateway.spent_value");

    private void AssertReturned(HttpResponseMessage response, string error)
    {
        Assert.StartsWith(IdentityHost.RedirectUri + "&", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
        var returned = CodeFlow.Returned(response);
        Assert.Equal(error, returned["error"]);
        Assert.Equal(["error", "error_description", "iss", "keep", "state"], returned.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("the state & more", returned["state"]);
        Assert.Equal(host.Url, returned["iss"]);
        Assert.Equal("me", returned["keep"]);
    }

    private static async Task AssertHaltedAsync(HttpResponseMessage response, string code)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
        var page = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains(code, page, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", page, StringComparison.Ordinal);
        Assert.DoesNotContain("the state", page, StringComparison.Ordinal);
    }
}
