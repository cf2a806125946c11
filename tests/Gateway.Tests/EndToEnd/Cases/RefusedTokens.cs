using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Lti.Tests.Platform;
using Microsoft.AspNetCore.Http;
using static Gateway.Tests.EndToEnd.Cases.RefusedCase;

namespace Gateway.Tests.EndToEnd.Cases;

/// <summary>Tokens that the platform never signed like this, and keys that are none.</summary>
internal static class RefusedTokens
{
    public static IEnumerable<RefusedCase> All =>
    [
        Header("no kid", "lti.key_id_missing", """{"alg":"RS256"}"""),
        Header("wrong kid", "lti.key_unknown", """{"alg":"RS256","kid":"another"}"""),
        Header("alg none", "lti.algorithm_none", """{"alg":"none","kid":"first"}"""),
        Token("alg none without a signature", "lti.algorithm_none", launch => string.Join('.', launch.Sign(header: """{"alg":"none"}""").Split('.')[..2]) + "."),
        Token("HS256 with the public key as secret", "lti.algorithm_symmetric", SignedWithThePublicKey),
        Header("alg RS512", "lti.algorithm_unsupported", """{"alg":"RS512","kid":"first"}"""),
        Header("alg of another kind of key", "lti.key_unsuitable", """{"alg":"ES256","kid":"first"}"""),
        Header("embedded jwk", "lti.key_embedded", """{"alg":"RS256","kid":"first","jwk":{"kty":"RSA"}}"""),
        Header("embedded jku", "lti.key_embedded", """{"alg":"RS256","kid":"first","jku":"https://evil.example/jwks"}"""),
        Header("embedded x5u", "lti.key_embedded", """{"alg":"RS256","kid":"first","x5u":"https://evil.example/cert"}"""),
        Token("signed by somebody else under the right kid", "lti.signature_invalid", launch => launch.Sign(key: SigningKey.Second, header: """{"alg":"RS256","kid":"first"}""")),
        Token("other claims under the platform's signature", "lti.signature_invalid", launch =>
        {
            var (good, bad) = (launch.Sign().Split('.'), launch.Sign(claims => claims["sub"] = "canary-else").Split('.'));
            return $"{good[0]}.{bad[1]}.{good[2]}";
        }),
        Token("no token", "lti.token_missing", _ => ""),
        Token("half a token", "lti.token_malformed", launch => launch.Sign() is var token ? token[..(token.Length / 2)] : ""),
        Token("a token of 100 KB", "lti.token_too_large", launch => launch.Sign(claims => claims["padding"] = new string('x', 100_000)), status: 413),
        new("a 5 MB token", "lti.token_too_large", async cases =>
        {
            var launch = await cases.BeginAsync();
            return () => launch.SendAsync(launch.Sign(claims => claims["padding"] = new string('x', 5 * 1024 * 1024)));
        }, 413),
        new("a form that does not say its length", "lti.token_too_large", cases => Task.FromResult(() =>
            cases.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{cases.Stage.GatewayUrl}/lti/launch")
            {
                Headers = { TransferEncodingChunked = true },
                // Over the limit and within what the server takes off the wire: more would end in a broken connection, not an answer.
                Content = new FormUrlEncodedContent([new("id_token", new string('a', 300 * 1024)), new("state", "a")]),
            })), 413),
        Keys("a JWKS of 10,000 keys", "lti.keys_too_many", () => CasePlatform.Text($$"""{"keys":[{{string.Join(',', Enumerable.Repeat("""{"kty":"RSA"}""", 10_000))}}]}""")),
        Keys("a JWKS of 2 MB", "lti.keys_too_large", () => CasePlatform.Text($$"""{"keys":[],"padding":"{{new string('x', 2 * 1024 * 1024)}}"}""")),
        Keys("a JWKS that redirects inward", "lti.keys_redirected", () => Results.Redirect("/inward")),
        Keys("a JWKS that is none", "lti.keys_malformed", () => CasePlatform.Text("<html>")),
        Keys("a JWKS that is down", "lti.keys_unreachable", () => Results.StatusCode((int)HttpStatusCode.ServiceUnavailable)),
        new("replayed nonce", "lti.nonce_replayed", async cases =>
        {
            var launch = await cases.BeginAsync();
            var token = launch.Sign();
            Assert.Equal(HttpStatusCode.SeeOther, (await launch.SendAsync(token)).Status);
            return () => launch.SendAsync(token);
        }),
        new("replayed nonce, concurrently", "lti.nonce_replayed", async cases =>
        {
            var launch = await cases.BeginAsync();
            var token = launch.Sign();
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => launch.SendAsync(token)));
            Assert.Single(answers, answer => answer.Status == HttpStatusCode.SeeOther);
            Assert.Equal(15, answers.Count(answer => answer.PageCode == "lti.nonce_replayed"));
            return () => launch.SendAsync(token);
        }),
    ];

    private static string SignedWithThePublicKey(CaseLaunch launch)
    {
        var signed = string.Join('.', launch.Sign(header: """{"alg":"HS256","kid":"first"}""").Split('.')[..2]);
        var secret = Encoding.ASCII.GetBytes(SigningKey.First.Rsa.ExportSubjectPublicKeyInfoPem());
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
    }
}
