using System.Text.Json.Nodes;
using Lti.Launches;
using Lti.Tests.Launches;
using Lti.Tests.Platform;

namespace Lti.Tests.Security;

[Trait("Requirement", "L-1.5")]
public sealed class JwksCacheTests
{
    [Fact]
    public async Task Keys_are_fetched_once_for_many_launches_at_once()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var launches = Enumerable.Range(0, 8).Select(_ => scene.LaunchAsync()).ToList();
        scene.Platform.Gate.SetResult();
        Assert.All(await Task.WhenAll(launches), outcome => outcome.Accepted());
        Assert.Equal(1, scene.Platform.JwksRequests);
        Assert.Contains("Scene/1.0", scene.Platform.UserAgents);
    }

    [Fact]
    public async Task Caller_that_leaves_does_not_end_the_fetch_of_the_others()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource leaving = new();
        var left = scene.Jwks.FindAsync(scene.Platform.JwksUri, "first", leaving.Token).AsTask();
        var staying = scene.Jwks.FindAsync(scene.Platform.JwksUri, "first", Scene.Cancel).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        scene.Platform.Gate.SetResult();
        Assert.Single((await staying).Keys);
        Assert.Equal(1, scene.Platform.JwksRequests);
    }

    [Fact]
    public async Task Launch_after_a_key_rotation_is_accepted_at_once()
    {
        await using var scene = await Scene.StartAsync();
        (await scene.LaunchAsync()).Accepted();
        scene.Platform.Keys.Clear();
        scene.Platform.Keys.Add(SigningKey.Second);
        scene.Clock.Advance(TimeSpan.FromSeconds(31));
        (await scene.LaunchAsync(key: SigningKey.Second)).Accepted();
        Assert.Equal(2, scene.Platform.JwksRequests);
        Assert.Equal(LaunchRefusal.KeyUnknown, (await scene.LaunchAsync(key: SigningKey.First)).Refusal());
    }

    [Fact]
    public async Task Unknown_key_ids_cause_one_fetch_per_back_off()
    {
        await using var scene = await Scene.StartAsync();
        for (var round = 0; round < 5; round++)
            Assert.Equal(LaunchRefusal.KeyUnknown, (await scene.LaunchAsync(key: SigningKey.Second)).Refusal());
        Assert.Equal(1, scene.Platform.JwksRequests);
        scene.Clock.Advance(TimeSpan.FromSeconds(31));
        for (var round = 0; round < 5; round++) await scene.LaunchAsync(key: SigningKey.Second);
        Assert.Equal(2, scene.Platform.JwksRequests);
    }

    [Fact]
    public async Task Launch_during_an_outage_is_accepted_with_the_last_good_keys()
    {
        await using var scene = await Scene.StartAsync();
        (await scene.LaunchAsync()).Accepted();
        scene.Platform.JwksStatus = 503;
        scene.Clock.Advance(TimeSpan.FromHours(20));
        (await scene.LaunchAsync()).Accepted();
        (await scene.LaunchAsync()).Accepted();
        // Nobody waits for that fetch; it is one all the same.
        await UntilAsync(() => scene.Platform.JwksRequests == 2);
        Assert.Equal(LaunchRefusal.KeysUnreachable, (await scene.LaunchAsync(key: SigningKey.Second)).Refusal());

        scene.Platform.JwksStatus = 200;
        scene.Platform.Keys.Add(SigningKey.Second);
        scene.Clock.Advance(TimeSpan.FromSeconds(31));
        (await scene.LaunchAsync(key: SigningKey.Second)).Accepted();
    }

    [Fact]
    [Trait("Requirement", "T-10")]
    public async Task Keys_that_are_a_little_old_are_used_while_new_ones_are_fetched()
    {
        await using var scene = await Scene.StartAsync();
        (await scene.LaunchAsync()).Accepted();
        scene.Clock.Advance(TimeSpan.FromHours(2));
        scene.Platform.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // The platform does not answer before the gate opens.
        for (var round = 0; round < 3; round++) (await scene.LaunchAsync()).Accepted();
        await UntilAsync(() => scene.Platform.JwksRequests == 2);
        scene.Platform.Keys.Add(SigningKey.Second);
        scene.Platform.Gate.SetResult();

        (await scene.LaunchAsync(key: SigningKey.Second)).Accepted();
        Assert.Equal(2, scene.Platform.JwksRequests);
    }

    [Fact]
    [Trait("Requirement", "T-10")]
    public async Task Last_good_keys_end_a_day_after_they_were_fetched()
    {
        await using var scene = await Scene.StartAsync();
        (await scene.LaunchAsync()).Accepted();
        scene.Platform.JwksStatus = 503;
        scene.Clock.Advance(TimeSpan.FromHours(23));
        (await scene.LaunchAsync()).Accepted();
        scene.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(LaunchRefusal.KeysUnreachable, (await scene.LaunchAsync()).Refusal());

        scene.Platform.JwksStatus = 200;
        scene.Clock.Advance(TimeSpan.FromSeconds(6));
        (await scene.LaunchAsync()).Accepted();
    }

    [Fact]
    public async Task First_fetch_that_failed_is_tried_again_soon()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.JwksStatus = 500;
        Assert.Equal(LaunchRefusal.KeysUnreachable, (await scene.LaunchAsync()).Refusal());
        scene.Platform.JwksStatus = 200;
        scene.Clock.Advance(TimeSpan.FromSeconds(6));
        (await scene.LaunchAsync()).Accepted();
    }

    [Fact]
    public async Task Platform_that_does_not_answer_in_time_counts_as_unreachable()
    {
        await using var scene = await Scene.StartAsync(options => options.HttpTimeout = TimeSpan.FromMilliseconds(100));
        scene.Platform.Gate = new TaskCompletionSource();
        Assert.Equal(LaunchRefusal.KeysUnreachable, (await scene.LaunchAsync()).Refusal());
        scene.Platform.Gate.SetResult();
    }

    [Fact]
    public async Task Key_set_that_redirects_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.JwksStatus = 302;
        Assert.Equal(LaunchRefusal.KeysRedirected, (await scene.LaunchAsync()).Refusal());
    }

    [Fact]
    public async Task Key_set_of_ten_thousand_keys_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.JwksBody = $$"""{"keys":[{{string.Join(',', Enumerable.Repeat("{}", 10_000))}}]}""";
        Assert.Equal(LaunchRefusal.KeysTooMany, (await scene.LaunchAsync()).Refusal());
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        scene.Platform.JwksBody = new JsonObject
        {
            ["keys"] = new JsonArray([.. Enumerable.Range(0, 10_000).Select(_ => SigningKey.First.ToJwk())]),
        }.ToJsonString();
        Assert.Equal(LaunchRefusal.KeysTooLarge, (await scene.LaunchAsync()).Refusal());
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[]} x""")]
    public async Task Document_that_is_no_key_set_is_refused(string body)
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.JwksBody = body;
        Assert.Equal(LaunchRefusal.KeysMalformed, (await scene.LaunchAsync()).Refusal());
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Scene.Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!condition()) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }

    [Fact]
    public async Task Keys_that_cannot_verify_do_not_take_the_others_along()
    {
        await using var scene = await Scene.StartAsync();
        var good = SigningKey.First.ToJwk();
        var forEncryption = SigningKey.Second.ToJwk();
        forEncryption["use"] = "enc";
        scene.Platform.JwksBody = new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject { ["kty"] = "oct", ["kid"] = "first", ["k"] = "AAAA" },
                new JsonObject { ["kty"] = "RSA", ["kid"] = "broken", ["n"] = "!!", ["e"] = "AQAB" },
                new JsonObject { ["kty"] = "RSA", ["kid"] = "no-exponent", ["n"] = good["n"]!.GetValue<string>(), ["e"] = "AA" },
                new JsonObject { ["kty"] = "EC", ["kid"] = "off-curve", ["crv"] = "P-256", ["x"] = "AAAA", ["y"] = "AAAA" },
                SigningKey.Weak.ToJwk(),
                forEncryption,
                good),
        }.ToJsonString();
        (await scene.LaunchAsync()).Accepted();
        Assert.Equal(LaunchRefusal.KeyUnknown, (await scene.LaunchAsync(key: SigningKey.Weak)).Refusal());
        Assert.Equal(LaunchRefusal.KeyUnknown, (await scene.LaunchAsync(key: SigningKey.Second)).Refusal());
        Assert.Equal(1, (await scene.Jwks.CheckAsync(scene.Platform.JwksUri, Scene.Cancel)).UsableKeys);
    }
}
