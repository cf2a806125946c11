using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Stage;
using Gateway.Tests.EndToEnd.Cases;

namespace Gateway.Tests.EndToEnd;

/// <summary>The way back to the course reaches the engine and the pages of refusals, when the platform itself signed it.</summary>
[Trait("Requirement", "T-23")]
public sealed class WayBackTests(CaseStage cases) : IClassFixture<CaseStage>
{
    private string Course => $"{cases.Platform.Issuer}/course/7";

    [Fact]
    public async Task Engine_is_told_the_platforms_address_and_no_other()
    {
        var told = await OpenAsync(Back(Course));
        var foreign = await OpenAsync(Back("https://evil.example/phish"));
        var none = await OpenAsync(_ => { });

        Assert.Equal(Course, told.GetProperty("return_url").GetString());
        Assert.False(foreign.TryGetProperty("return_url", out _));
        Assert.False(none.TryGetProperty("return_url", out _));
    }

    [Fact]
    public async Task Refusal_after_the_signature_offers_the_way_back()
    {
        var page = await RefusedAsync(launch => launch.Sign(claims =>
        {
            Back(Course)(claims);
            claims[Claim.MessageType] = "LtiStartProctoring";
        }));
        var foreign = await RefusedAsync(launch => launch.Sign(claims =>
        {
            Back("https://evil.example/phish")(claims);
            claims[Claim.MessageType] = "LtiStartProctoring";
        }));

        Assert.Equal("lti.message_type_unsupported", page.PageCode);
        Assert.Contains($"data-testid=\"back\" href=\"{Course}\"", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("data-testid=\"back\"", foreign.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", foreign.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_that_was_used_before_offers_the_way_back()
    {
        var launch = await cases.BeginAsync();
        var token = launch.Sign(Back(Course));
        await launch.SendAsync(token);
        var again = await launch.SendAsync(token);

        Assert.Equal("lti.nonce_replayed", again.PageCode);
        Assert.Contains($"href=\"{Course}\"", again.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lti.signature_invalid")]
    [InlineData("lti.audience_mismatch")]
    public async Task Token_that_is_not_the_platforms_word_to_us_offers_nothing(string code)
    {
        var page = await RefusedAsync(launch =>
        {
            var token = launch.Sign(claims =>
            {
                Back(Course)(claims);
                if (code == "lti.audience_mismatch")
                    claims["aud"] = "another-client";
            });
            return code == "lti.signature_invalid" ? $"{token[..token.LastIndexOf('.')]}.{new string('A', token.Length - token.LastIndexOf('.') - 1)}" : token;
        });

        Assert.Equal(code, page.PageCode);
        Assert.DoesNotContain("data-testid=\"back\"", page.Body, StringComparison.Ordinal);
    }

    private static Action<JsonObject> Back(string address) => claims => claims[Claim.LaunchPresentation] = new JsonObject { ["return_url"] = address, ["locale"] = "en" };

    private async Task<Answer> RefusedAsync(Func<CaseLaunch, string> token)
    {
        var launch = await cases.BeginAsync();
        return await launch.SendAsync(token(launch));
    }

    private async Task<JsonElement> OpenAsync(Action<JsonObject> change)
    {
        var launch = await cases.BeginAsync();
        var answer = await launch.SendAsync(launch.Sign(change));
        return await cases.Engine.SignInAsync(answer.Location!);
    }
}
