using System.Text;
using System.Text.Json.Nodes;
using Lti.Launches;
using Lti.Tests.Launches;
using Lti.Tests.Platform;

namespace Lti.Tests.Security;

/// <summary>Key sets as platforms really serve them: one odd key never costs the others, and an odd key is never used.</summary>
[Trait("Requirement", "T-10")]
public sealed class OddKeySetTests
{
    private static readonly Dictionary<string, Func<JsonObject, JsonNode?>> Odd = new()
    {
        ["numeric kid"] = key => With(key, "kid", 7),
        ["kid null"] = key => With(key, "kid", null),
        ["no kid"] = key => Without(key, "kid"),
        ["use a number"] = key => With(key, "use", 1),
        ["unknown kty"] = key => With(key, "kty", "OKP"),
        ["kty a list"] = key => With(key, "kty", new JsonArray("RSA")),
        ["unknown crv"] = key => With(With(key, "kty", "EC"), "crv", "P-521"),
        ["symmetric"] = _ => new JsonObject { ["kty"] = "oct", ["kid"] = "other", ["k"] = "AAAA" },
        ["modulus that is no base64"] = key => With(key, "n", "*"),
        ["modulus of a broken length"] = key => With(key, "n", key["n"]!.GetValue<string>()[..^1]),
        ["modulus of garbage that is even"] = key => With(key, "n", new string('A', 400)),
        ["modulus a number"] = key => With(key, "n", 65537),
        ["exponent even"] = key => With(key, "e", "AQAA"),
        ["exponent empty"] = key => With(key, "e", ""),
        ["no object"] = _ => JsonValue.Create("key"),
        ["null"] = _ => null,
        ["a list"] = _ => new JsonArray(1, 2),
        ["deep"] = key => With(key, "x", JsonNode.Parse(new string('[', 40) + new string(']', 40))),
    };

    public static TheoryData<string> Names => [.. Odd.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task One_key_that_cannot_be_read_never_costs_the_others(string name)
    {
        await using var scene = await Scene.StartAsync();
        foreach (var oddFirst in new[] { true, false })
        {
            var (odd, good) = (Odd[name](SigningKey.Second.ToJwk()), SigningKey.First.ToJwk());
            scene.Platform.JwksBody = Set(oddFirst ? [odd, good] : [good, odd]);
            (await scene.LaunchAsync()).Accepted();
            if (name != "deep") Assert.Equal(1, (await scene.Jwks.CheckAsync(scene.Platform.JwksUri, Scene.Cancel)).UsableKeys);
            scene.Clock.Advance(TimeSpan.FromDays(2));
        }
    }

    [Theory]
    [InlineData("x5c", "\"MIIB\"")]
    [InlineData("x5t", "5")]
    [InlineData("key_ops", "\"verify\"")]
    [InlineData("alg", "null")]
    [InlineData("use", "null")]
    [InlineData("exp", "{}")]
    public async Task Members_that_are_not_needed_may_be_anything(string name, string value)
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.JwksBody = Set(With(SigningKey.First.ToJwk(), name, JsonNode.Parse(value)));
        (await scene.LaunchAsync()).Accepted();
    }

    [Fact]
    public async Task Byte_order_mark_is_no_part_of_the_document()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.JwksBody = Encoding.UTF8.GetString([0xEF, 0xBB, 0xBF]) + Set(SigningKey.First.ToJwk());
        (await scene.LaunchAsync()).Accepted();
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/octet-stream")]
    public async Task Media_type_of_the_document_does_not_matter(string mediaType)
    {
        await using var scene = await Scene.StartAsync();
        (scene.Platform.JwksBody, scene.Platform.JwksMediaType) = (Set(SigningKey.First.ToJwk()), mediaType);
        (await scene.LaunchAsync()).Accepted();
    }

    [Theory]
    [InlineData("ES256K")]
    [InlineData("RSA-OAEP")]
    [InlineData("RS384")]
    public async Task Key_for_another_algorithm_is_not_used(string algorithm)
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.JwksBody = Set(With(SigningKey.First.ToJwk(), "alg", algorithm));
        Assert.Equal(LaunchRefusal.KeyUnsuitable, (await scene.LaunchAsync()).Refusal());
    }

    [Fact]
    public async Task Key_whose_alg_is_no_text_is_not_used()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.JwksBody = Set(With(SigningKey.First.ToJwk(), "alg", 256));
        Assert.Equal(LaunchRefusal.KeyUnsuitable, (await scene.LaunchAsync()).Refusal());
    }

    [Fact]
    public async Task Key_that_is_published_with_its_private_part_is_not_used_and_costs_no_other()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.JwksBody = Set(With(SigningKey.Second.ToJwk(), "d", "AQAB"), SigningKey.First.ToJwk());
        (await scene.LaunchAsync()).Accepted();
        Assert.Equal(LaunchRefusal.KeyUnsuitable, (await scene.LaunchAsync(key: SigningKey.Second)).Refusal());
        Assert.Equal(1, (await scene.Jwks.CheckAsync(scene.Platform.JwksUri, Scene.Cancel)).UsableKeys);
    }

    [Fact]
    public async Task Same_key_twice_and_one_kid_for_two_keys_are_no_harm()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.JwksBody = Set(SigningKey.First.ToJwk(), SigningKey.First.ToJwk(), With(SigningKey.Second.ToJwk(), "kid", SigningKey.First.KeyId));
        (await scene.LaunchAsync()).Accepted();
    }

    [Fact]
    public async Task Key_that_says_one_thing_twice_is_not_used_and_costs_no_other()
    {
        await using var scene = await Scene.StartAsync();
        var twice = SigningKey.Second.ToJwk().ToJsonString().Replace("{\"", "{\"kid\":\"" + SigningKey.Second.KeyId + "\",\"", StringComparison.Ordinal);
        scene.Platform.JwksBody = $$"""{"keys":[{{twice}},{{SigningKey.First.ToJwk().ToJsonString()}}]}""";
        (await scene.LaunchAsync()).Accepted();
        Assert.Equal(LaunchRefusal.KeyUnknown, (await scene.LaunchAsync(key: SigningKey.Second)).Refusal());
    }

    [Theory]
    [InlineData("""{"kty":"RSA","kid":"\ud800"}""")]
    [InlineData("""{"kty":"\ud800","kid":"other"}""")]
    public async Task Key_with_half_a_character_costs_no_other(string odd)
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.JwksBody = $$"""{"keys":[{{odd}},{{SigningKey.First.ToJwk().ToJsonString()}}]}""";
        (await scene.LaunchAsync()).Accepted();
    }

    private static string Set(params JsonNode?[] keys) => new JsonObject { ["keys"] = new JsonArray(keys) }.ToJsonString();

    private static JsonObject With(JsonObject key, string name, JsonNode? value)
    {
        key[name] = value;
        return key;
    }

    private static JsonObject Without(JsonObject key, string name)
    {
        key.Remove(name);
        return key;
    }
}
