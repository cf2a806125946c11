using Lti.Launches;
using Lti.Security;
using Lti.Tests.Platform;

namespace Lti.Tests.Launches;

[Trait("Requirement", "L-1.3")]
public sealed class StateTests
{
    [Fact]
    public async Task State_of_another_browser_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        var (mine, theirs) = (await scene.BeginAsync(), await scene.BeginAsync());
        LaunchRequest request = new()
        {
            IdToken = mine.Sign().AsMemory(),
            State = mine.State,
            ReadBinding = _ => theirs.Redirect.BindingValue,
        };
        Assert.Equal(LaunchRefusal.BrowserMismatch, (await scene.Verifier.VerifyAsync(request, Scene.Cancel)).Refusal());
    }

    [Fact]
    public async Task Browser_that_kept_nothing_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        LaunchRequest request = new() { IdToken = begun.Sign().AsMemory(), State = begun.State, ReadBinding = _ => null };
        Assert.Equal(LaunchRefusal.BrowserMismatch, (await scene.Verifier.VerifyAsync(request, Scene.Cancel)).Refusal());
    }

    [Fact]
    public async Task Token_of_one_login_with_the_state_of_another_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        var (first, second) = (await scene.BeginAsync(), await scene.BeginAsync());
        Assert.Equal(LaunchRefusal.NonceMismatch, (await scene.LaunchAsync(second, first.Sign())).Refusal());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(-2)]
    public async Task Altered_state_is_refused(int position)
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var letters = begun.State.ToCharArray();
        var index = position < 0 ? letters.Length + position : position;
        letters[index] = letters[index] == 'x' ? 'y' : 'x';
        var outcome = await scene.Verifier.VerifyAsync(begun.Request(begun.Sign(), new string(letters)), Scene.Cancel);
        Assert.Equal(LaunchRefusal.StateInvalid, outcome.Refusal());
    }

    [Theory]
    [InlineData("", "lti.state_missing")]
    [InlineData("AQ", "lti.state_invalid")]
    [InlineData("not base64 ?!", "lti.state_invalid")]
    public async Task Text_that_is_no_state_is_refused(string state, string code)
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        Assert.Equal(code, (await scene.Verifier.VerifyAsync(begun.Request(begun.Sign(), state), Scene.Cancel)).Refusal().Code);
    }

    [Fact]
    public async Task State_expires_after_its_lifetime_and_not_before()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        scene.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        (await scene.LaunchAsync(begun, FreshToken())).Accepted();
        scene.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(LaunchRefusal.StateExpired, (await scene.LaunchAsync(begun, FreshToken())).Refusal());

        string FreshToken() => Begun.Sign(Claims.ResourceLinkRequest(begun.Nonce, scene.Clock.Now).ToJsonString());
    }

    [Fact]
    public async Task Registration_removed_between_login_and_launch_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        scene.Store.Clear();
        Assert.Equal(LaunchRefusal.RegistrationGone, (await scene.LaunchAsync(begun, begun.Sign())).Refusal());
    }

    [Fact]
    public async Task Token_of_another_registration_under_the_same_issuer_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        scene.Store.Add(scene.Registration with { Id = "r2", ClientId = "client-2" });
        var begun = await scene.BeginAsync(parameters => parameters["client_id"] = "client-2");
        Assert.Equal(LaunchRefusal.AudienceMismatch, (await scene.LaunchAsync(begun, begun.Sign())).Refusal());
    }

    [Theory]
    [InlineData("login_required", "lti.platform_login_required")]
    [InlineData("launch_no_longer_valid", "lti.platform_launch_expired")]
    [InlineData("access_denied", "lti.platform_denied")]
    [InlineData("temporarily_unavailable", "lti.platform_unavailable")]
    [InlineData("canary_made_up", "lti.platform_error")]
    [Trait("Requirement", "L-1.6")]
    public async Task Error_of_the_platform_is_told_in_plain_words(string error, string code)
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var refusal = (await scene.Verifier.VerifyAsync(begun.Request(null, error: error), Scene.Cancel)).Refusal();
        Assert.Equal(code, refusal.Code);
        Assert.DoesNotContain("canary", refusal.WhatHappened + refusal.WhatToDo + refusal.ForAdministrator, StringComparison.Ordinal);
    }

    [Fact]
    public void State_sealed_under_an_older_key_still_opens_and_under_a_foreign_one_does_not()
    {
        var other = new byte[32];
        var sealedText = new AesGcmStateProtector(Scene.StateKey).Protect("state"u8);
        Assert.True(new AesGcmStateProtector(other, Scene.StateKey).TryUnprotect(sealedText, out var plain));
        Assert.Equal("state"u8, plain);
        Assert.False(new AesGcmStateProtector(other).TryUnprotect(sealedText, out _));
        Assert.NotEqual(sealedText, new AesGcmStateProtector(Scene.StateKey).Protect("state"u8));
        Assert.Throws<ArgumentException>(() => new AesGcmStateProtector(new byte[16]));
    }
}
