using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lti.Launches;
using Lti.Messages;
using Lti.Registrations;
using Lti.Security;
using Lti.Tests.Platform;
using Microsoft.Extensions.Options;

namespace Lti.Tests.Launches;

/// <summary>Links of LTI 1.1 that were moved: the claim <c>lti1p1</c> (LTI 1.3 Migration Guide).</summary>
[Trait("Requirement", "L-1.11")]
public sealed class LegacyClaimTests
{
    private const string Legacy = Claims.Prefix + "lti1p1";
    private const string Key = "179248902";
    private const string Secret = "my-lti11-secret";

    [Fact]
    public void Signature_of_the_test_is_the_migration_guides_own_example() => Assert.Equal(
        "lWd54kFo5qU7xshAna6v8BwoBm6tmUjc6GTax6+12ps=",
        Sign($"{Key}&689302&https://lmsvendor.com&PM48OJSfGDTAzAo&1551290856&172we8671fd8z", Secret));

    [Fact]
    public async Task Verified_claim_gives_the_person_of_then()
    {
        var message = (await LaunchAsync(new Store(Secret), claim => claim)).Accepted().Message;
        Assert.Equal(Key, message.LegacyUser!.ConsumerKey);
        Assert.Equal("canary-legacy-7"u8, message.LegacyUser.Id.ExposeUtf8());
        Assert.DoesNotContain("canary", message.LegacyUser.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another secret", "sign")]
    [InlineData(Secret, "AAAA")]
    [InlineData(Secret, "no base64!")]
    [InlineData(Secret, "lWd54kFo5qU7xshAna6v8BwoBm6tmUjc6GTax6+12ps=")]
    public async Task Wrong_signature_with_a_secret_on_file_is_refused(string onFile, string signature)
    {
        var outcome = await LaunchAsync(new Store(onFile), claim =>
        {
            if (signature != "sign") claim["oauth_consumer_key_sign"] = signature;
            return claim;
        });
        Assert.Equal("lti.legacy_signature_invalid", outcome.Refusal().Code);
        Assert.Equal(LaunchPhase.LegacyClaim, outcome.Refusal().Phase);
    }

    [Theory]
    [InlineData("oauth_consumer_key_sign")]
    [InlineData("oauth_consumer_key")]
    [InlineData("user_id")]
    public async Task Claim_that_proves_or_says_nothing_is_ignored(string missing)
    {
        var outcome = await LaunchAsync(new Store(Secret), claim =>
        {
            claim.Remove(missing);
            return claim;
        });
        Assert.Null(outcome.Accepted().Message.LegacyUser);
    }

    [Fact]
    public async Task Claim_is_ignored_without_a_secret_without_a_store_and_when_it_may_not_be_read()
    {
        Assert.Null((await LaunchAsync(new Store(null), claim => claim)).Accepted().Message.LegacyUser);
        Assert.Null((await LaunchAsync(null, claim => claim)).Accepted().Message.LegacyUser);
        Assert.Null((await LaunchAsync(new Store("wrong"), claim => claim, Scene.Everyday)).Accepted().Message.LegacyUser);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("""{"oauth_consumer_key":7,"oauth_consumer_key_sign":[],"user_id":{}}""")]
    public async Task Claim_of_another_form_is_ignored(string claim) =>
        Assert.Null((await LaunchAsync(new Store(Secret), _ => JsonNode.Parse(claim))).Accepted().Message.LegacyUser);

    private static async Task<LaunchOutcome<LaunchMessage>> LaunchAsync(
        ILegacySecretStore? secrets, Func<JsonObject, JsonNode?> change, ClaimAllowList? allowed = null)
    {
        await using var scene = await Scene.StartAsync();
        LaunchVerifier verifier = new(
            scene.Store, scene.Protector, scene.Jwks, new FixedClaimPolicy(allowed ?? new(LaunchClaim.Subject, LaunchClaim.LegacyUser)),
            Options.Create(scene.Options), scene.Clock, scene.Nonces, legacySecrets: secrets);
        var begun = await scene.BeginAsync();
        var token = begun.Sign(claims => claims[Legacy] = change(new JsonObject
        {
            ["user_id"] = "canary-legacy-7",
            ["oauth_consumer_key"] = Key,
            ["oauth_consumer_key_sign"] = Sign($"{Key}&{Scene.DeploymentId}&{Scene.Issuer}&{Scene.ClientId}&{claims["exp"]}&{begun.Nonce}", Secret),
        }));
        return await verifier.VerifyAsync(begun.Request(token), Scene.Cancel);
    }

    private static string Sign(string text, string secret) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));

    private sealed class Store(string? secret) : ILegacySecretStore
    {
        public ValueTask<ReadOnlyMemory<byte>?> FindAsync(Registration registration, string consumerKey, CancellationToken cancellationToken) =>
            new(secret is not null && consumerKey == Key ? Encoding.UTF8.GetBytes(secret) : (ReadOnlyMemory<byte>?)null);
    }
}
