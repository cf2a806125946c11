using System.Net;
using Gateway.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Tests.Identity.Bent;

public sealed class BentExchangeTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private readonly CodeFlow flow = new(host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names { get; } = [.. BentExchange.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Bent_request_is_refused_with_the_right_error_and_spends_nothing(string name)
    {
        var (change, status, error) = BentExchange.All[name];
        var good = CodeFlow.TokenRequest(await flow.CodeAsync());
        var bent = new BentExchange.Request(host, good.ToDictionary(f => f.Key, string? (f) => f.Value));
        change(bent);
        var spent = await SpentAsync();

        using var response = await SendAsync(bent);

        Assert.Equal(status, response.StatusCode);
        if (error is null)
            Assert.DoesNotContain("token", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        else
            await AssertErrorAsync(response, error);
        Assert.Equal(spent, await SpentAsync());
        Assert.Equal(HttpStatusCode.OK, (await flow.TokenAsync(good)).Status);
    }

    [Fact]
    public async Task Code_is_good_once()
    {
        var code = await flow.CodeAsync();
        Assert.Equal(HttpStatusCode.OK, (await flow.TokenAsync(CodeFlow.TokenRequest(code))).Status);

        using var again = await SendAsync(new(host, CodeFlow.TokenRequest(code).ToDictionary(f => f.Key, string? (f) => f.Value)));
        await AssertErrorAsync(again, "invalid_grant");
    }

    [Fact]
    public async Task Ticket_that_was_used_gives_no_second_id_token()
    {
        var ticket = host.Get<SignInTickets>().Issue(host.NewTicket());
        Assert.Equal(HttpStatusCode.OK, (await flow.TokenAsync(CodeFlow.TokenRequest(await flow.CodeAsync(ticket)))).Status);

        Assert.Equal("invalid_grant", (await flow.TokenAsync(CodeFlow.TokenRequest(await flow.CodeAsync(ticket)))).Error);
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

    [Fact]
    public async Task Code_is_good_for_a_minute()
    {
        var (early, late) = (await flow.CodeAsync(), await flow.CodeAsync());
        host.Clock.Advance(AuthorizationCodes.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await flow.TokenAsync(CodeFlow.TokenRequest(early))).Status);

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("invalid_grant", (await flow.TokenAsync(CodeFlow.TokenRequest(late))).Error);
    }

    [Fact]
    public async Task First_use_of_a_code_costs_one_commit()
    {
        var code = await flow.CodeAsync();
        var before = await SpentAsync();
        await flow.TokenAsync(CodeFlow.TokenRequest(code));

        Assert.Equal(before + 1, await SpentAsync());
    }

    private Task<HttpResponseMessage> SendAsync(BentExchange.Request bent)
    {
        var address = bent.InQuery ? QueryHelpers.AddQueryString("/connect/token", bent.Fields!) : "/connect/token";
        var request = new HttpRequestMessage(bent.Method, address)
        {
            Content = bent.Method == HttpMethod.Get ? null : bent.Content ?? new FormUrlEncodedContent(bent.Fields),
        };
        request.Headers.Authorization = bent.Authorization;
        return host.Http.SendAsync(request, Cancellation);
    }

    private Task<long> SpentAsync() => host.Database.AskAsOwnerAsync<long>(
        "select (select count(*) from gateway.spent_value) + (select count(*) from gateway.client_assertion)");

    private static async Task AssertErrorAsync(HttpResponseMessage response, string error)
    {
        var answer = await TokenAnswer.ReadAsync(response);
        Assert.Equal(error, answer.Error);
        Assert.Equal(["error", "error_description"], answer.Body.EnumerateObject().Select(p => p.Name));
        // RFC 6749, 5.1 and 5.2.
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(error == "invalid_client" ? "Basic" : null, answer.Headers.WwwAuthenticate.SingleOrDefault()?.Scheme);
    }
}
