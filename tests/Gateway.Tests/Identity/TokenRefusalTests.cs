using System.Net;
using Gateway.Identity;

namespace Gateway.Tests.Identity;

public sealed class TokenRefusalTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private readonly CodeFlow flow = new(host);

    [Fact]
    public async Task Code_is_good_once()
    {
        var code = await flow.CodeAsync();

        Assert.Equal(HttpStatusCode.OK, (await flow.TokenAsync(CodeFlow.TokenRequest(code))).Status);
        AssertError(await flow.TokenAsync(CodeFlow.TokenRequest(code)), HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task One_launch_yields_one_id_token_however_many_codes_were_made_of_it()
    {
        var ticket = host.Get<SignInTickets>().Issue(host.NewTicket());
        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => flow.CodeAsync(ticket)));
        Assert.Equal(8, codes.Distinct().Count());

        var answers = await Task.WhenAll(codes.Select(code => flow.TokenAsync(CodeFlow.TokenRequest(code))));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(a => a.Error == "invalid_grant"));
    }

    [Theory]
    [InlineData("code_verifier", "another-verifier-of-at-least-43-characters-0123456", "invalid_grant")]
    [InlineData("code_verifier", "short", "invalid_grant")]
    [InlineData("code_verifier", "", "invalid_request")]
    [InlineData("redirect_uri", IdentityHost.OtherRedirectUri, "invalid_grant")]
    [InlineData("redirect_uri", "", "invalid_request")]
    [InlineData("code", "bm90LWEtY29kZQ", "invalid_grant")]
    [InlineData("code", "", "invalid_request")]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    [InlineData("grant_type", "", "invalid_request")]
    public async Task Bad_exchange_is_refused_and_leaves_the_code_usable(string name, string value, string error)
    {
        var code = await flow.CodeAsync();
        var form = CodeFlow.TokenRequest(code);
        form[name] = value;

        AssertError(await flow.TokenAsync(form), HttpStatusCode.BadRequest, error);
        Assert.Equal(HttpStatusCode.OK, (await flow.TokenAsync(CodeFlow.TokenRequest(code))).Status);
    }

    [Fact]
    public async Task Code_of_another_client_is_refused() => AssertError(
        await flow.TokenAsync(CodeFlow.TokenRequest(await flow.CodeAsync()), IdentityHost.OtherEngine), HttpStatusCode.BadRequest, "invalid_grant");

    [Fact]
    public async Task Ticket_does_not_pass_for_a_code() => AssertError(
        await flow.TokenAsync(CodeFlow.TokenRequest(host.Get<SignInTickets>().Issue(host.NewTicket()))), HttpStatusCode.BadRequest, "invalid_grant");

    [Fact]
    public async Task Expired_code_is_refused()
    {
        var code = await flow.CodeAsync();
        host.Clock.Advance(AuthorizationCodes.Lifetime);

        AssertError(await flow.TokenAsync(CodeFlow.TokenRequest(code)), HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task Repeated_parameter_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("grant_type", "client_credentials")]),
        };
        request.Headers.Authorization = CodeFlow.Basic(IdentityHost.Engine, IdentityHost.Secret);

        AssertError(await flow.SendAsync(request), HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Body_that_is_no_form_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new StringContent("{}") };
        request.Headers.Authorization = CodeFlow.Basic(IdentityHost.Engine, IdentityHost.Secret);

        AssertError(await flow.SendAsync(request), HttpStatusCode.BadRequest, "invalid_request");
    }

    private static void AssertError(TokenAnswer answer, HttpStatusCode status, string error)
    {
        Assert.Equal(status, answer.Status);
        Assert.Equal(error, answer.Error);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Body.TryGetProperty("id_token", out _));
    }
}
