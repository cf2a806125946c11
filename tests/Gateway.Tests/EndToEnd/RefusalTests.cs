using System.Net;
using Gateway.Stage;

namespace Gateway.Tests.EndToEnd;

[Trait("Requirement", "L-1.10")]
public sealed class RefusalTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private const string Allowed =
        @"^(Refused a launch: [a-z_.]+ \(support reference [0-9A-F]{8}\)\."
        + @"|Launch refused: [a-z_.]+ in [A-Za-z]+, registration ([0-9]+|\(null\))"
        + "|Fetched [0-9]+ keys from [0-9.]+) $";

    private readonly TestStage stage = fixture.Stage;

    [Fact]
    public Task Token_signed_with_a_foreign_key_under_the_right_kid_is_refused() => RefusesAsync(
        "lti.signature_invalid", launch => launch with { IdToken = ForgedTokens.Resign(launch.IdToken) });

    [Fact]
    public Task Claims_exchanged_under_the_platforms_signature_are_refused() => RefusesAsync(
        "lti.signature_invalid", launch => launch with { IdToken = ForgedTokens.KeepSignature(launch.IdToken, claims => claims["sub"] = "somebody else") });

    [Fact]
    public Task Token_that_wants_no_signature_is_refused() => RefusesAsync(
        "lti.algorithm_none", launch => launch with { IdToken = ForgedTokens.Resign(launch.IdToken, header => header["alg"] = "none") });

    [Fact]
    public Task Token_signed_with_the_public_key_as_a_secret_is_refused() => RefusesAsync(
        "lti.algorithm_symmetric", launch => launch with { IdToken = ForgedTokens.Resign(launch.IdToken, header => header["alg"] = "HS256") });

    [Fact]
    public Task Token_with_an_unknown_kid_is_refused() => RefusesAsync(
        "lti.key_unknown", launch => launch with { IdToken = ForgedTokens.Resign(launch.IdToken, header => header["kid"] = "another") });

    [Fact]
    public Task Half_a_token_is_refused() => RefusesAsync(
        "lti.token_malformed", launch => launch with { IdToken = launch.IdToken[..(launch.IdToken.Length / 2)] });

    [Fact]
    [Trait("Requirement", "L-1.3")]
    public Task Altered_state_is_refused() => RefusesAsync(
        "lti.state_invalid", launch => launch with { State = (launch.State[0] == 'A' ? 'B' : 'A') + launch.State[1..] });

    [Fact]
    [Trait("Requirement", "L-1.3")]
    public Task Launch_in_a_browser_that_did_not_begin_it_is_refused() => RefusesAsync("lti.browser_mismatch", launch => launch with { Cookie = "" });

    [Fact]
    [Trait("Requirement", "L-1.3")]
    public Task Launch_with_another_value_in_the_cookie_is_refused() => RefusesAsync(
        "lti.browser_mismatch", launch => launch with { Cookie = launch.Cookie.Split('=')[0] + "=another" });

    [Fact]
    [Trait("Requirement", "L-1.3")]
    public async Task Token_with_the_nonce_of_another_login_is_refused()
    {
        using var visitor = await Visitor.SignInAsync(stage, "student-1");
        var other = await visitor.PrepareAsync();
        await RefusesAsync("lti.nonce_mismatch", launch => launch with { IdToken = other.IdToken });
    }

    [Fact]
    [Trait("Requirement", "L-1.3")]
    public async Task Launch_with_expired_state_is_refused()
    {
        using var visitor = await Visitor.SignInAsync(stage, "student-1");
        var launch = await visitor.PrepareAsync();
        stage.Clock.Advance(TimeSpan.FromMinutes(10));
        await RefusesAsync("lti.state_expired", () => visitor.SendAsync(launch));
    }

    [Fact]
    [Trait("Requirement", "L-1.5")]
    public async Task Launch_with_expired_token_is_refused()
    {
        using var visitor = await Visitor.SignInAsync(stage, "student-1");
        var launch = await visitor.PrepareAsync();
        stage.Clock.Advance(TimeSpan.FromMinutes(7));
        await RefusesAsync("lti.token_expired", () => visitor.SendAsync(launch));
    }

    [Fact]
    [Trait("Requirement", "L-1.5")]
    public async Task Launch_of_an_unknown_deployment_is_refused()
    {
        stage.LmsOptions.DeploymentId = "2";
        try
        {
            using var visitor = await Visitor.SignInAsync(stage, "student-1");
            var (_, fields) = await visitor.ClickAsync();
            var launch = await LaunchWithoutDeploymentHintAsync(visitor, fields);
            await RefusesAsync("lti.deployment_unknown", () => visitor.SendAsync(launch));
        }
        finally
        {
            stage.LmsOptions.DeploymentId = "1";
        }
    }

    [Fact]
    [Trait("Requirement", "L-1.6")]
    public async Task Refusal_of_the_platform_becomes_a_page()
    {
        using var visitor = await Visitor.SignInAsync(stage, "student-1");
        var launch = await visitor.PrepareAsync();
        await RefusesAsync("lti.platform_login_required", () => visitor.PostAsync(
            launch.Action.AbsoluteUri, new() { ["error"] = "login_required", ["error_description"] = "not signed in", ["state"] = launch.State }, launch.Cookie));
    }

    [Fact]
    public async Task Form_of_five_megabytes_is_refused()
    {
        using var visitor = new Visitor(stage);
        var answer = await RefusesAsync("lti.token_too_large", () => visitor.PostAsync(
            $"{stage.GatewayUrl}/lti/launch", new() { ["id_token"] = new string('a', 5 * 1024 * 1024), ["state"] = "a" }));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
    }

    [Fact]
    public async Task Form_that_does_not_say_its_length_is_refused_once_it_is_too_large()
    {
        using var visitor = new Visitor(stage);
        var answer = await RefusesAsync("lti.token_too_large", () => visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{stage.GatewayUrl}/lti/launch")
        {
            Headers = { TransferEncodingChunked = true },
            // Over the limit and within what the server takes off the wire: more would end in a broken connection, not an answer.
            Content = new FormUrlEncodedContent([new("id_token", new string('a', 300 * 1024)), new("state", "a")]),
        }));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
    }

    [Theory]
    [InlineData("target_link_uri", "https://evil.example/lti/launch", "lti.target_not_ours")]
    [InlineData("iss", "https://unknown.example", "lti.registration_unknown")]
    [InlineData("client_id", "another-client", "lti.registration_unknown")]
    [InlineData("login_hint", "", "lti.login_malformed")]
    [Trait("Requirement", "L-1.2")]
    public async Task Login_that_is_not_right_goes_nowhere(string parameter, string value, string code)
    {
        using var visitor = await Visitor.SignInAsync(stage, "student-1");
        var (action, fields) = await visitor.ClickAsync();
        fields[parameter] = value;

        await RefusesAsync(code, () => visitor.PostAsync(action.AbsoluteUri, fields));
        await RefusesAsync(code, () => visitor.GetAsync($"{action}?{string.Join('&', fields.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"))}"));
    }

    private Task<Answer> RefusesAsync(string code, Func<PreparedLaunch, PreparedLaunch> bend) => RefusesAsync(code, async () =>
    {
        using var visitor = await Visitor.SignInAsync(stage, "student-1");
        return await visitor.SendAsync(bend(await visitor.PrepareAsync()));
    });

    /// <summary>A page with this code and no more, nothing stored, nothing logged but code and reference.</summary>
    private async Task<Answer> RefusesAsync(string code, Func<Task<Answer>> send)
    {
        var (rows, lines) = (await stage.Database.RowCountsAsync(), stage.Log.Entries.Count);
        var answer = await send();

        Assert.Equal(code, answer.PageCode);
        Assert.InRange((int)answer.Status, 400, 499);
        Assert.Equal(rows, await stage.Database.RowCountsAsync());
        var person = stage.PersonOf("student-1");
        string[] personal = [person.UserId, person.Login, person.Person.GivenName, person.Person.FamilyName, person.Person.Email, person.Person.SourcedId];
        Assert.All(personal, value => Assert.DoesNotContain(value, $"{answer.Headers} {answer.Body}", StringComparison.OrdinalIgnoreCase));
        var reference = Samples.Demo.Browser.TextOf(answer.Page, "reference")!;
        var own = stage.Log.Entries.Skip(lines).Where(line => line.IsOwn).ToList();
        Assert.Contains(own, line => line.Text.Contains(reference, StringComparison.Ordinal) && line.Text.Contains(code, StringComparison.Ordinal));
        Assert.All(own, line => Assert.Matches(Allowed, line.Text));
        return answer;
    }

    // The LMS names a deployment at login already: without it the token alone tells.
    private async Task<PreparedLaunch> LaunchWithoutDeploymentHintAsync(Visitor visitor, Dictionary<string, string> fields)
    {
        fields.Remove("lti_deployment_id");
        return await visitor.PrepareAsync(fields);
    }
}
