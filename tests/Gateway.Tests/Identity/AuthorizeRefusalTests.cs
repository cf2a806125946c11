using System.Net;
using Gateway.Identity;

namespace Gateway.Tests.Identity;

public sealed class AuthorizeRefusalTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private readonly CodeFlow flow = new(host);

    [Theory]
    [InlineData("client_id", "nobody", "identity.client_unknown")]
    [InlineData("client_id", null, "identity.client_unknown")]
    [InlineData("redirect_uri", "https://engine.example/callback", "identity.redirect_uri_unknown")]
    [InlineData("redirect_uri", "https://engine.example/callback?keep=me&more=1", "identity.redirect_uri_unknown")]
    [InlineData("redirect_uri", "https://evil.example/", "identity.redirect_uri_unknown")]
    [InlineData("redirect_uri", null, "identity.redirect_uri_unknown")]
    public async Task Request_without_known_client_and_redirect_uri_goes_nowhere(string name, string? value, string code)
    {
        var request = flow.AuthorizeRequest();
        request[name] = value;
        using var response = await flow.AuthorizeAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(code, page, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "code id_token", "unsupported_response_type")]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("scope", "profile", "invalid_scope")]
    [InlineData("scope", null, "invalid_scope")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("prompt", "login", "login_required")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("max_age", "soon", "invalid_request")]
    [InlineData("request", "e30.e30.", "request_not_supported")]
    [InlineData("request_uri", "https://engine.example/request", "request_uri_not_supported")]
    [InlineData("login_hint", null, "login_required")]
    [InlineData("login_hint", "somebody@example.org", "login_required")]
    public async Task Bad_request_returns_to_the_engine_with_the_standard_error(string name, string? value, string error)
    {
        var request = flow.AuthorizeRequest();
        request[name] = value;

        await AssertRefusedAsync(request, error);
    }

    [Fact]
    public async Task Repeated_parameter_is_refused()
    {
        var query = string.Join('&', flow.AuthorizeRequest().Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}"));
        using var response = await host.Http.GetAsync($"/connect/authorize?{query}&nonce=another", TestContext.Current.CancellationToken);

        Assert.Equal("invalid_request", CodeFlow.Returned(response)["error"]);
    }

    [Fact]
    public async Task Request_that_is_no_form_goes_nowhere()
    {
        using var body = new StringContent("{}", null, "application/json");
        using var response = await host.Http.PostAsync("/connect/authorize", body, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Expired_ticket_is_refused()
    {
        var ticket = host.Get<SignInTickets>().Issue(host.NewTicket());
        host.Clock.Advance(SignInTickets.Lifetime - TimeSpan.FromSeconds(1));
        using (var inTime = await flow.AuthorizeAsync(flow.AuthorizeRequest(ticket)))
            Assert.Contains("code", CodeFlow.Returned(inTime).Keys);

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertRefusedAsync(flow.AuthorizeRequest(ticket), "login_required");
    }

    [Fact]
    public Task Ticket_of_another_client_is_refused() => AssertRefusedAsync(
        flow.AuthorizeRequest(host.Get<SignInTickets>().Issue(host.NewTicket(IdentityHost.OtherEngine))), "login_required");

    [Fact]
    public async Task Altered_ticket_is_refused_wherever_it_is_altered()
    {
        var ticket = host.Get<SignInTickets>().Issue(host.NewTicket());
        foreach (var place in new[] { 0, 3, 10, ticket.Length / 2, ticket.Length - 4 })
        {
            var altered = ticket.ToCharArray();
            altered[place] = altered[place] == 'A' ? 'B' : 'A';
            await AssertRefusedAsync(flow.AuthorizeRequest(new string(altered)), "login_required");
        }
    }

    [Fact]
    public async Task Code_does_not_pass_for_a_ticket() =>
        await AssertRefusedAsync(flow.AuthorizeRequest(await flow.CodeAsync()), "login_required");

    [Fact]
    public async Task Launch_older_than_max_age_is_refused()
    {
        var request = flow.AuthorizeRequest(host.Get<SignInTickets>().Issue(host.NewTicket() with { LaunchedAt = host.Clock.GetUtcNow().AddSeconds(-31) }));
        request["max_age"] = "30";

        await AssertRefusedAsync(request, "login_required");
    }

    [Fact, Trait("Requirement", "P-5.4")]
    public async Task Engine_without_an_accepted_agreement_gets_nothing()
    {
        await using var owned = host.Database.Source.CreateCommand(
            """
            insert into gateway.engine_client (id, initiate_login_uri, redirect_uris, secret_hash, sealed_id_key, created_at)
            select 'no-agreement', initiate_login_uri, redirect_uris, secret_hash, $1, created_at from gateway.engine_client where id = 'engine-one'
            """);
        owned.Parameters.Add(new()
        {
            Value = host.Get<Gateway.Storage.Sealing.Sealer>().Seal(EngineClients.IdKeyPurpose, new byte[32], "no-agreement"),
        });
        await owned.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        host.Get<EngineClients>().Forget();

        var request = flow.AuthorizeRequest();
        request["client_id"] = "no-agreement";
        using var response = await flow.AuthorizeAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("identity.agreement_missing", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var answer = await flow.TokenAsync(new() { ["grant_type"] = "client_credentials" }, "no-agreement");
        Assert.Equal("unauthorized_client", answer.Error);
    }

    private async Task AssertRefusedAsync(Dictionary<string, string?> request, string error)
    {
        using var response = await flow.AuthorizeAsync(request);
        var returned = CodeFlow.Returned(response);
        Assert.Equal(error, returned["error"]);
        Assert.Equal("the state & more", returned["state"]);
        Assert.Equal(host.Url, returned["iss"]);
        Assert.Contains("error_description", returned.Keys);
        Assert.DoesNotContain("code", returned.Keys);
    }
}
