using System.Security.Cryptography;
using System.Text.Json;
using Lti.Security;
using Lti.Tests.Platform;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lti.Tests.Security;

public sealed class ToolKeyTests
{
    private static readonly ToolKey Key = ToolKey.Create();

    [Fact]
    public void Key_survives_export_and_import()
    {
        var again = ToolKey.Import(Key.ExportPkcs8());
        Assert.Equal(Key.KeyId, again.KeyId);
        Assert.Equal(Key.KeyId, ToolPublicKey.Import(Key.PublicKey.ExportSubjectPublicKeyInfo()).KeyId);
        using var small = RSA.Create(1024);
        Assert.Throws<CryptographicException>(() => ToolKey.Import(small.ExportPkcs8PrivateKey()));
    }

    [Fact]
    public void Key_set_holds_public_parts_only()
    {
        using var document = JsonDocument.Parse(ToolJwks.Write([Key.PublicKey, ToolKey.Create().PublicKey]));
        var keys = document.RootElement.GetProperty("keys");
        Assert.Equal(2, keys.GetArrayLength());
        Assert.Equal(["alg", "e", "kid", "kty", "n", "use"], keys[0].EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(Key.KeyId, keys[0].GetProperty("kid").GetString());
    }

    [Fact]
    [Trait("Requirement", "L-3.1")]
    public async Task Client_assertion_is_what_a_platform_checks_for()
    {
        await using var scene = await Scene.StartAsync();
        var assertion = ClientAssertion.Create(scene.Registration, Key, scene.Clock.Now);
        var keys = new JsonWebKeySet(System.Text.Encoding.UTF8.GetString(ToolJwks.Write([Key.PublicKey]))).GetSigningKeys();
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            ValidIssuer = Scene.ClientId,
            ValidAudience = scene.Platform.TokenEndpoint.AbsoluteUri,
            IssuerSigningKeys = keys,
            ValidAlgorithms = ["RS256"],
            ValidateLifetime = false,
        });
        Assert.True(result.IsValid);
        JsonWebToken token = new(assertion);
        Assert.Equal(Key.KeyId, token.Kid);
        Assert.Equal(Scene.ClientId, token.Subject);
        Assert.Equal(TimeSpan.FromMinutes(5), token.ValidTo - token.IssuedAt);
        Assert.Equal(scene.Clock.Now.ToUnixTimeSeconds() - 60, new DateTimeOffset(token.IssuedAt).ToUnixTimeSeconds());
        Assert.False(token.TryGetPayloadValue<long>("nbf", out _));
        Assert.NotEqual(token.Id, new JsonWebToken(ClientAssertion.Create(scene.Registration, Key, scene.Clock.Now)).Id);
        Assert.Equal("https://lms.example/audience", Assert.Single(new JsonWebToken(ClientAssertion.Create(
            scene.Registration with { TokenAudience = "https://lms.example/audience" }, Key, scene.Clock.Now)).Audiences));
    }

    [Theory]
    [Trait("Requirement", "T-21")]
    [InlineData(-59, 0)]
    [InlineData(0, 0)]
    [InlineData(239, 0)]
    public async Task Client_assertion_is_good_at_a_platform_whose_clock_differs_and_has_no_leeway(int platformAhead, int leeway)
    {
        await using var scene = await Scene.StartAsync();
        JsonWebToken token = new(ClientAssertion.Create(scene.Registration, Key, scene.Clock.Now));
        var there = scene.Clock.Now.AddSeconds(platformAhead).ToUnixTimeSeconds();
        // Moodle: neither iat nor exp may lie on the wrong side of its own second. Canvas: iat at most five minutes old.
        Assert.InRange(there, token.GetPayloadValue<long>("iat") - leeway, token.GetPayloadValue<long>("exp"));
        Assert.InRange(there - token.GetPayloadValue<long>("iat"), 0, 300);
    }
}
