using System.Net;

namespace Gateway.Tests.Identity;

public sealed class ClientAuthenticationTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private readonly CodeFlow flow = new(host);

    [Fact]
    public async Task Secret_in_the_form_is_accepted()
    {
        var answer = await PostAsync(("client_id", IdentityHost.Engine), ("client_secret", IdentityHost.Secret));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData(IdentityHost.Engine, "a wrong secret of more than 32 characters")]
    [InlineData(IdentityHost.Engine, "")]
    [InlineData("", IdentityHost.Secret)]
    public async Task Wrong_or_missing_secret_in_the_form_is_refused(string client, string secret)
    {
        var answer = await PostAsync(("client_id", client), ("client_secret", secret));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("invalid_client", answer.Error);
    }

    [Theory]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    public async Task Malformed_authorization_header_is_refused(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        };
        request.Headers.TryAddWithoutValidation("Authorization", header);
        var answer = await flow.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("invalid_client", answer.Error);
    }

    private async Task<TokenAnswer> PostAsync(params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]),
        };
        return await flow.SendAsync(request);
    }
}
