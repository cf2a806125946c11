using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Gateway.Platforms;
using Gateway.Stage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.EndToEnd;

/// <summary>Control characters in each parameter of each public endpoint: PostgreSQL takes no U+0000, and nobody else needs one.</summary>
[Trait("Requirement", "T-9")]
public sealed class ControlCharacterTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private static readonly string[] Damaged = ["a\0b", "\0", "a\x01", "\x1f", "a\x7f", "a\nb"];

    private static readonly Dictionary<string, string[]> Queries = new()
    {
        ["/lti/login"] = ["iss", "login_hint", "target_link_uri", "client_id", "lti_deployment_id", "deployment_id", "lti_message_hint", "lti_storage_target", "another"],
        ["/lti/register"] = ["invitation", "openid_configuration", "registration_token"],
        ["/connect/authorize"] = ["client_id", "redirect_uri", "login_hint", "state", "nonce", "scope", "id_token_hint", "max_age"],
        ["/lti/jwks"] = ["a"],
        ["/lti/config/canvas.json"] = ["a"],
        ["/privacy/record"] = ["a"],
        ["/privacy/usage"] = ["a"],
        ["/privacy/third-parties"] = ["a"],
        ["/privacy/certificates/verify"] = ["a"],
    };

    private static readonly Dictionary<string, string[]> Forms = new()
    {
        ["/lti/login"] = Queries["/lti/login"],
        ["/lti/launch"] = ["id_token", "state", "error", "binding", "another"],
        ["/lti/register"] = ["form", "confirm_addresses"],
        ["/connect/authorize"] = Queries["/connect/authorize"],
        ["/connect/token"] = ["grant_type", "code", "redirect_uri", "client_id", "client_secret", "client_assertion", "client_assertion_type", "scope", "code_verifier"],
        ["/privacy/certificates/verify"] = ["certificate"],
    };

    private readonly TestStage stage = fixture.Stage;

    [Fact]
    public async Task Every_parameter_of_every_public_endpoint_is_refused_with_a_code()
    {
        using var visitor = new Visitor(stage);
        var lines = stage.Log.Entries.Count;
        foreach (var (path, names) in Queries)
            foreach (var name in names)
                foreach (var value in Damaged)
                    ShouldBeRefused(await visitor.GetAsync($"{stage.GatewayUrl}{path}?{name}={Uri.EscapeDataString(value)}"), $"GET {path} {name}");
        foreach (var (path, names) in Forms)
            foreach (var name in names)
                foreach (var value in Damaged)
                    ShouldBeRefused(await visitor.PostAsync(stage.GatewayUrl + path, new() { [name] = value }), $"POST {path} {name}");
        Assert.DoesNotContain(stage.Log.Entries.Skip(lines), line => line.Level >= LogLevel.Error);
    }

    [Theory]
    [InlineData("classes?after=%00")]
    [InlineData("classes?limit=%001")]
    [InlineData("classes?fields=a%00")]
    [InlineData("learners?after=%01")]
    [InlineData("changes?after=%00")]
    [InlineData("changes?after=latest&wait=%7f")]
    public async Task Queries_of_the_API_are_refused_with_a_problem(string query)
    {
        var answer = await fixture.Engine.GetAsync($"/api/v1/districts/{stage.District.Slug}/{query}");
        Assert.Equal((HttpStatusCode.BadRequest, "gateway.control_character"), (answer.Status, answer.ProblemCode));
    }

    [Fact]
    public async Task Documents_of_the_API_are_refused_and_leave_nothing()
    {
        foreach (var member in new[] { "scoreTicket", "activityProgress", "gradingProgress", "timestamp", "another" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{stage.GatewayUrl}/api/v1/scores")
            {
                Content = new StringContent($$"""{"scoreGiven":1,"scoreMaximum":2,"{{member}}":"a\u0000b"}""", Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json")),
            };
            request.Headers.Authorization = new("Bearer", await fixture.Engine.TokenForAsync("scores.write"));
            request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString());
            using var visitor = new Visitor(stage);
            var answer = await visitor.SendAsync(request);
            Assert.InRange((int)answer.Status, 400, 499);
            Assert.NotNull(answer.ProblemCode);
        }
    }

    [Fact]
    public async Task Unseen_characters_around_pasted_values_are_cut_from_the_registration_link()
    {
        using var administrator = new RegisteringAdministratorWithBlanks(stage);
        Assert.Equal(HttpStatusCode.OK, (await administrator.OpenAsync()).Status);
    }

    [Theory]
    [InlineData(" abc ", "abc")]
    [InlineData("\u00a0abc\u200b", "abc")]
    [InlineData("\ufeffabc\r\n", "abc")]
    [InlineData("\tabc\u2060\u00ad", "abc")]
    [InlineData("a b\u00a0c", "a b\u00a0c")]
    [InlineData(" \u200b ", "")]
    public void Unseen_characters_are_cut_at_both_ends_and_nowhere_else(string pasted, string text)
    {
        Assert.Equal(text, Pasted.Text(pasted));
        Assert.Equal($"--client-id={text}", Pasted.Argument($"--client-id={pasted}"));
    }

    [Fact]
    public async Task Ids_with_control_characters_are_refused_by_the_operations_too()
    {
        var (add, deployment) = (stage.Services.GetRequiredService<AddPlatform>(), stage.Services.GetRequiredService<AddDeployment>());
        var added = await add.RunAsync(
            stage.District.Id, new("other", "https://a.example/\n", "c\0", ["d\0"], "https://a.example/a", "https://a.example/t", "https://a.example/j"), TestContext.Current.CancellationToken);
        Assert.Equal(["platform.client_id_invalid", "platform.deployment_id_invalid", "platform.url_invalid"], added.Failures.Select(failure => failure.Code));
        Assert.Equal("platform.deployment_id_invalid", (await deployment.RunAsync(stage.District.Id, 1, "d\0", TestContext.Current.CancellationToken)).Failures[0].Code);
    }

    private static void ShouldBeRefused(Answer answer, string what)
    {
        Assert.True((int)answer.Status is >= 400 and < 500, $"{what}: {answer.Status}");
        Assert.Contains(answer.Body.Contains("data-testid=\"code\"", StringComparison.Ordinal) ? answer.PageCode! : answer.Body, text => char.IsLetter(text));
    }

    /// <summary>An administrator whose clipboard adds what nobody sees.</summary>
    private sealed class RegisteringAdministratorWithBlanks(TestStage stage) : IDisposable
    {
        private readonly Visitor browser = new(stage);

        public Task<Answer> OpenAsync()
        {
            var link = stage.Services.GetRequiredService<Invitations>().Issue(stage.District.Id, 1).Value.Url;
            var token = stage.Lms.Services.GetRequiredService<Samples.Lms.Registration.RegistrationTokens>().Issue();
            return browser.GetAsync($"{link}%20%E2%80%8B&openid_configuration=%C2%A0{Uri.EscapeDataString(stage.LmsUrl + "/openid-configuration")}%0D%0A&registration_token={token}%EF%BB%BF");
        }

        public void Dispose() => browser.Dispose();
    }
}
