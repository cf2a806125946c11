using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lti.Tests.Platform;

namespace Lti.Tests.Launches;

/// <summary>Tokens that nobody at the platform signed like this.</summary>
public sealed class ForgedTokenTests
{
    [Fact]
    public async Task Token_signed_by_somebody_else_under_a_known_key_id_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var token = SigningKey.Second.Sign("""{"alg":"RS256","kid":"first"}""", begun.Claims().ToJsonString());
        Assert.Equal("lti.signature_invalid", (await scene.LaunchAsync(begun, token)).Refusal().Code);
    }

    [Fact]
    public async Task Token_whose_payload_was_altered_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var parts = begun.Sign().Split('.');
        var altered = begun.Claims();
        altered["sub"] = "another";
        parts[1] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(altered.ToJsonString()));
        Assert.Equal("lti.signature_invalid", (await scene.LaunchAsync(begun, string.Join('.', parts))).Refusal().Code);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""", "lti.algorithm_none")]
    [InlineData("""{"alg":"nOnE","kid":"first"}""", "lti.algorithm_none")]
    [InlineData("""{"alg":"HS512","kid":"first"}""", "lti.algorithm_symmetric")]
    [InlineData("""{"alg":"RS512","kid":"first"}""", "lti.algorithm_unsupported")]
    [InlineData("""{"alg":"RS1","kid":"first"}""", "lti.algorithm_unsupported")]
    [InlineData("""{"alg":256,"kid":"first"}""", "lti.algorithm_unsupported")]
    [InlineData("""{"kid":"first"}""", "lti.algorithm_unsupported")]
    [InlineData("""{"alg":"RS256"}""", "lti.key_id_missing")]
    [InlineData("""{"alg":"RS256","kid":""}""", "lti.key_id_missing")]
    [InlineData("""{"alg":"RS256","kid":7}""", "lti.key_id_missing")]
    [InlineData("""{"alg":"RS256","kid":"first","jwk":{"kty":"RSA"}}""", "lti.key_embedded")]
    [InlineData("""{"alg":"RS256","kid":"first","jku":"https://evil.example/jwks"}""", "lti.key_embedded")]
    [InlineData("""{"alg":"RS256","kid":"first","x5u":"https://evil.example/cert"}""", "lti.key_embedded")]
    [InlineData("""{"alg":"RS256","kid":"first","x5c":[]}""", "lti.key_embedded")]
    [InlineData("""{"alg":"RS256","kid":"first","crit":["b64"],"b64":false}""", "lti.key_embedded")]
    [InlineData("""{"alg":"RS256","kid":"first","alg":"RS256"}""", "lti.token_malformed")]
    [InlineData("""["RS256"]""", "lti.token_malformed")]
    [InlineData("""{"alg":"RS256","kid":"first"}}""", "lti.token_malformed")]
    [InlineData("""{"alg":"RS256","kid":"\ud800"}""", "lti.token_malformed")]
    [InlineData("""{"alg":"ES256","kid":"first"}""", "lti.key_unsuitable")]
    [InlineData("""{"alg":"PS256","kid":"first"}""", "lti.key_unsuitable")]
    [InlineData("""{"alg":"RS256","kid":"unknown"}""", "lti.key_unknown")]
    public async Task Token_with_a_bad_header_is_refused(string header, string code)
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var token = SigningKey.First.Sign(header, begun.Claims().ToJsonString());
        Assert.Equal(code, (await scene.LaunchAsync(begun, token)).Refusal().Code);
    }

    [Fact]
    public async Task Unsigned_token_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var parts = SigningKey.First.Sign("""{"alg":"none"}""", begun.Claims().ToJsonString()).Split('.');
        Assert.Equal("lti.algorithm_none", (await scene.LaunchAsync(begun, $"{parts[0]}.{parts[1]}.")).Refusal().Code);
        parts = begun.Sign().Split('.');
        Assert.Equal("lti.token_malformed", (await scene.LaunchAsync(begun, $"{parts[0]}.{parts[1]}.")).Refusal().Code);
    }

    [Theory]
    [InlineData("first", "AA")]
    [InlineData("elliptic", "AA")]
    [InlineData("elliptic", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Token_with_a_signature_of_the_wrong_form_is_refused(string keyId, string signature)
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.Keys.Add(SigningKey.Elliptic);
        var begun = await scene.BeginAsync();
        var parts = begun.Sign(key: keyId == "first" ? SigningKey.First : SigningKey.Elliptic).Split('.');
        var outcome = await scene.LaunchAsync(begun, $"{parts[0]}.{parts[1]}.{signature}");
        Assert.Equal("lti.signature_invalid", outcome.Refusal().Code);
    }

    [Fact]
    public async Task Token_signed_with_the_public_key_as_a_secret_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var signed = string.Join('.', SigningKey.First.Sign("""{"alg":"HS256","kid":"first"}""", begun.Claims().ToJsonString()).Split('.')[..2]);
        var secret = Encoding.ASCII.GetBytes(SigningKey.First.Rsa.ExportSubjectPublicKeyInfoPem());
        var token = $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
        Assert.Equal("lti.algorithm_symmetric", (await scene.LaunchAsync(begun, token)).Refusal().Code);
    }

    [Fact]
    public async Task Token_of_five_megabytes_is_refused_before_it_is_decoded()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var token = begun.Sign(claims => claims["padding"] = new string('x', 5 * 1024 * 1024));
        Assert.Equal("lti.token_too_large", (await scene.LaunchAsync(begun, token)).Refusal().Code);
        Assert.Equal(0, scene.Platform.JwksRequests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d.e")]
    [InlineData("..")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9 .e30.AA")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.e30=.AA")]
    [InlineData("\u00e9\u00e9\u00e9\u00e9.e30.AA")]
    public async Task Text_that_is_no_token_is_refused(string token)
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        Assert.Equal(token.Length == 0 ? "lti.token_missing" : "lti.token_malformed", (await scene.LaunchAsync(begun, token)).Refusal().Code);
    }

    [Theory]
    [InlineData("[]", "lti.claims_malformed")]
    [InlineData("null", "lti.claims_malformed")]
    [InlineData("{", "lti.claims_malformed")]
    [InlineData("{} {}", "lti.claims_malformed")]
    [InlineData("""{"iss":"\udc00"}""", "lti.claims_malformed")]
    [InlineData("""{"iss":"a","iss":"a"}""", "lti.claims_duplicate")]
    [InlineData("""{"iss":"a","\u0069ss":"a"}""", "lti.claims_duplicate")]
    [InlineData("""{"https://purl.imsglobal.org/spec/lti/claim/custom":{"grade":"5","GRADE":"6"}}""", "lti.claims_duplicate")]
    public async Task Signed_payload_that_is_no_clean_object_is_refused(string payload, string code)
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        Assert.Equal(code, (await scene.LaunchAsync(begun, Begun.Sign(payload))).Refusal().Code);
    }

    [Fact]
    public async Task Deeply_nested_payload_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var payload = $$"""{"x":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""";
        Assert.Equal("lti.claims_too_deep", (await scene.LaunchAsync(begun, Begun.Sign(payload))).Refusal().Code);
    }
}
