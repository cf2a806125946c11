using Lti.Launches;
using Lti.Messages;
using Lti.Security;
using Lti.Tests.Platform;
using Microsoft.Extensions.Options;

namespace Lti.Tests.Launches;

public sealed class SingleUseTests
{
    [Fact]
    [Trait("Requirement", "L-1.3")]
    public async Task Launch_with_replayed_nonce_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var token = begun.Sign();
        (await scene.LaunchAsync(begun, token)).Accepted();
        Assert.Equal(LaunchRefusal.NonceReplayed, (await scene.LaunchAsync(begun, token)).Refusal());
    }

    [Fact]
    [Trait("Requirement", "L-1.3")]
    public async Task Of_many_copies_at_once_exactly_one_is_admitted()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var token = begun.Sign();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            async () => await scene.LaunchAsync(begun, token), Scene.Cancel)));
        Assert.Single(outcomes.OfType<LaunchAccepted<LaunchMessage>>());
        Assert.All(outcomes.OfType<LaunchRefused<LaunchMessage>>(), one => Assert.Equal("lti.nonce_replayed", one.Refusal.Code));
    }

    [Fact]
    public async Task Admission_gets_the_nonce_its_end_and_a_deployment_to_learn()
    {
        await using var scene = await Scene.StartAsync();
        scene.Store.Clear();
        scene.Store.Add(scene.Registration with { LearnsDeployments = true });
        RecordingAdmission admission = new(refuse: null);
        var begun = await scene.BeginAsync();
        var token = begun.Sign(claims => claims[Claims.DeploymentId] = "deployment-9");
        var accepted = (await scene.Verifier.VerifyAsync(begun.Request(token), admission, Scene.Cancel)).Accepted();
        Assert.Equal(42, accepted.Value);
        Assert.Equal("deployment-9", accepted.LearnedDeployment);
        var request = Assert.Single(admission.Requests);
        Assert.Equal(begun.Nonce, request.Nonce);
        Assert.Equal(22, request.Nonce.Length);
        Assert.Equal(scene.Clock.Now.AddMinutes(11), request.NonceExpiresAt, TimeSpan.FromMilliseconds(1));
        Assert.Equal("deployment-9", request.LearnedDeployment);
        Assert.Equal("deployment-9", request.Message.DeploymentId);
    }

    [Fact]
    public async Task Admission_can_refuse_for_reasons_of_its_own()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var blocked = LaunchRefusal.ByHost("host.blocked", "Blocked.", "Ask.", "Look.");
        var outcome = await scene.Verifier.VerifyAsync(begun.Request(begun.Sign()), new RecordingAdmission(blocked), Scene.Cancel);
        Assert.Same(blocked, outcome.Refusal());
        Assert.Throws<ArgumentException>(() => LaunchRefusal.ByHost("lti.mine", "", "", ""));
    }

    [Fact]
    public async Task Admission_is_not_asked_when_an_earlier_phase_refuses()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        RecordingAdmission admission = new(refuse: null);
        var token = begun.Sign(claims => claims[Claims.TargetLinkUri] = "https://evil.example");
        await scene.Verifier.VerifyAsync(begun.Request(token), admission, Scene.Cancel);
        Assert.Empty(admission.Requests);
    }

    [Fact]
    public async Task Phases_run_in_the_order_of_the_specification_and_none_is_missing()
    {
        await using var scene = await Scene.StartAsync();
        Assert.Equal(Enum.GetValues<LaunchPhase>().Except([LaunchPhase.Login]), scene.Verifier.Phases);
    }

    [Fact]
    public async Task Verifier_without_a_nonce_store_needs_an_admission()
    {
        await using var scene = await Scene.StartAsync();
        LaunchVerifier bare = new(
            scene.Store, scene.Protector, scene.Jwks, new FixedClaimPolicy(Scene.Everyday), Options.Create(scene.Options), scene.Clock);
        var begun = await scene.BeginAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await bare.VerifyAsync(begun.Request(begun.Sign()), Scene.Cancel));
    }

    [Fact]
    public async Task Spent_nonces_are_dropped_once_they_expired()
    {
        FakeClock clock = new();
        InMemoryNonceStore store = new(clock);
        var end = clock.Now.AddMinutes(11);
        Assert.True(await store.TrySpendAsync("n", end, Scene.Cancel));
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.False(await store.TrySpendAsync("n", end, Scene.Cancel));
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.True(await store.TrySpendAsync("n", end, Scene.Cancel));
    }

    private sealed class RecordingAdmission(LaunchRefusal? refuse) : ILaunchAdmission<int>
    {
        public List<AdmissionRequest> Requests { get; } = [];

        public ValueTask<Admission<int>> AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            return new(refuse is null ? 42 : refuse);
        }
    }
}
