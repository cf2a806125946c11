using System.Net;
using Gateway.Identity;
using Gateway.Identity.UserInfo;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Gateway.Tests.House;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Identity;

[Trait("Requirement", "P-5.4")]
public sealed class AgreementTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "P-4.4")]
    public void The_agreement_binds_whoever_receives_anything_not_to_re_identify()
    {
        var text = Repository.Read("docs/data-agreement.md");

        Assert.Contains($"version {DataAgreement.CurrentVersion}", text, StringComparison.Ordinal);
        Assert.Contains("does not re-identify anybody", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "P-1.8")]
    public void The_agreement_forbids_sale_advertising_and_profiles()
    {
        var text = Repository.Read("docs/data-agreement.md");

        foreach (var forbidden in (string[])["does not sell it", "does not advertise by it", "makes no profile for any other purpose"])
            Assert.Contains(forbidden, text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "P-4.4")]
    public async Task Engine_without_an_agreement_on_record_gets_no_launch_no_code_no_token_and_nothing_of_the_api()
    {
        using var visitor = await Visitor.SignInAsync(stage, "student-1");
        var (handOff, apiToken) = ((await visitor.SendAsync(await visitor.PrepareAsync())).Location!, await fixture.Engine.AccessTokenAsync());
        var prepared = await visitor.PrepareAsync();
        await stage.Database.ExecuteAsync("delete from gateway.engine_agreement");
        stage.Services.GetRequiredService<EngineClients>().Forget();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(stage.GatewayUrl) };

        var launch = await visitor.SendAsync(prepared);
        using var authorized = await http.GetAsync(QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = TestStage.EngineId,
            ["redirect_uri"] = $"{stage.EngineUrl}/oidc/callback",
            ["scope"] = "openid",
            ["code_challenge"] = CodeFlow.Challenge,
            ["code_challenge_method"] = "S256",
            ["login_hint"] = QueryHelpers.ParseQuery(handOff.Query)["login_hint"],
        }), Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
            Headers = { Authorization = CodeFlow.Basic(TestStage.EngineId, TestStage.EngineSecret) },
        };
        var token = await CodeFlow.SendAsync(http, request);
        var userInfo = await UserInfoAsync(http);
        var score = await fixture.Engine.GetScoreAsync(Guid.Empty, apiToken);

        Assert.Null(launch.Location);
        Assert.Equal("launch.engine_unavailable", launch.PageCode);
        Assert.Equal(HttpStatusCode.BadRequest, authorized.StatusCode);
        Assert.Contains("identity.agreement_missing", await authorized.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, "unauthorized_client"), (token.Status, token.Error));
        Assert.Equal(HttpStatusCode.Unauthorized, userInfo);
        Assert.Equal((HttpStatusCode.Unauthorized, "api.token_invalid"), (score.Status, score.ProblemCode));

        var accepted = await stage.Services.GetRequiredService<AcceptAgreement>().RunAsync(TestStage.EngineId, "A Later Test", Cancellation);
        Assert.Equal(DataAgreement.CurrentVersion, accepted.Value.Version);
        Assert.Equal("student", (await stage.LaunchAsync("student-1", fixture.Engine)).GetProperty("role").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await fixture.Engine.GetScoreAsync(Guid.Empty, apiToken)).Status);
        Assert.Equal(HttpStatusCode.OK, await UserInfoAsync(http));
    }

    private async Task<long> CredentialAsync() =>
        (await stage.Services.GetRequiredService<EngineClients>().FindAsync(TestStage.EngineId, Cancellation))!.Credentials[0].Id;

    private async Task<HttpStatusCode> UserInfoAsync(HttpClient http)
    {
        var ticket = new SignInTicket(
            Guid.CreateVersion7(stage.Clock.GetUtcNow()), stage.District.Id, TestStage.DistrictSlug, 1, "student", TestStage.EngineId, "LtiResourceLinkRequest", null,
            null, null, null, null, stage.Clock.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/connect/userinfo")
        {
            Headers = { Authorization = new("Bearer", stage.Services.GetRequiredService<SignInAccessTokens>().Issue(ticket, "somebody", await CredentialAsync())) },
        };
        using var response = await http.SendAsync(request, Cancellation);
        return response.StatusCode;
    }
}
