using Lti.Launches;
using Lti.Messages;
using Lti.Registrations;
using Lti.Tests.Platform;

namespace Lti.Tests.Launches;

[Trait("Requirement", "T-21")]
public sealed class PlatformClockTests
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(-45, null)]
    [InlineData(90, "lti.token_from_future")]
    [InlineData(-900, "lti.token_too_old")]
    public async Task Launch_shows_the_platforms_clock_also_when_it_is_refused_for_it(int issuedAhead, string? refusal)
    {
        await using var scene = await Scene.StartAsync();
        Clocks clocks = new();
        LaunchVerifier verifier = new(
            scene.Store, scene.Protector, scene.Jwks, new FixedClaimPolicy(Scene.Everyday), Microsoft.Extensions.Options.Options.Create(scene.Options), scene.Clock, scene.Nonces, clocks: clocks);
        var begun = await scene.BeginAsync();
        var token = begun.Sign(claims => claims["iat"] = claims["iat"]!.GetValue<long>() + issuedAhead);
        var outcome = await verifier.VerifyAsync(begun.Request(token), Scene.Cancel);

        Assert.Equal(refusal, (outcome as LaunchRefused<LaunchMessage>)?.Refusal.Code);
        var (id, age) = Assert.Single(clocks.Heard);
        Assert.Equal("r1", id);
        Assert.Equal(-issuedAhead, (int)Math.Round(age.TotalSeconds));
    }

    [Fact]
    public async Task Token_that_the_platform_did_not_sign_shows_nothing()
    {
        await using var scene = await Scene.StartAsync();
        Clocks clocks = new();
        LaunchVerifier verifier = new(
            scene.Store, scene.Protector, scene.Jwks, new FixedClaimPolicy(Scene.Everyday), Microsoft.Extensions.Options.Options.Create(scene.Options), scene.Clock, scene.Nonces, clocks: clocks);
        var begun = await scene.BeginAsync();
        var token = begun.Sign();
        await verifier.VerifyAsync(begun.Request(token[..^8] + "AAAAAAAA"), Scene.Cancel);
        Assert.Empty(clocks.Heard);
    }

    private sealed class Clocks : IPlatformClocks
    {
        public List<(string Id, TimeSpan Age)> Heard { get; } = [];

        public void Seen(Registration registration, TimeSpan age) => Heard.Add((registration.Id, age));
    }
}
