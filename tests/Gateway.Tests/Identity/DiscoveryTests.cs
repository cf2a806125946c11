using System.Text.Json;

namespace Gateway.Tests.Identity;

public sealed class DiscoveryTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    [Fact]
    public async Task Discovery_says_what_the_provider_does()
    {
        var document = await GetAsync("/.well-known/openid-configuration");

        Assert.Equal(host.Url, document.GetProperty("issuer").GetString());
        Assert.Equal($"{host.Url}/connect/authorize", document.GetProperty("authorization_endpoint").GetString());
        Assert.Equal($"{host.Url}/connect/token", document.GetProperty("token_endpoint").GetString());
        Assert.Equal($"{host.Url}/connect/jwks", document.GetProperty("jwks_uri").GetString());
        Assert.Equal(["code"], Strings(document, "response_types_supported"));
        Assert.Equal(["query"], Strings(document, "response_modes_supported"));
        Assert.Equal(["authorization_code", "client_credentials"], Strings(document, "grant_types_supported"));
        Assert.Equal(["pairwise"], Strings(document, "subject_types_supported"));
        Assert.Equal(["ES256", "RS256"], Strings(document, "id_token_signing_alg_values_supported"));
        Assert.Equal(["client_secret_basic", "client_secret_post", "private_key_jwt"], Strings(document, "token_endpoint_auth_methods_supported"));
        Assert.Equal(["RS256", "PS256", "ES256"], Strings(document, "token_endpoint_auth_signing_alg_values_supported"));
        Assert.Equal($"{host.Url}/connect/userinfo", document.GetProperty("userinfo_endpoint").GetString());
        Assert.Equal(["S256"], Strings(document, "code_challenge_methods_supported"));
        Assert.Equal(["openid", "roster.read", "scores.write", "events.read"], Strings(document, "scopes_supported"));
        Assert.True(document.GetProperty("authorization_response_iss_parameter_supported").GetBoolean());
        Assert.False(document.GetProperty("claims_parameter_supported").GetBoolean());
        Assert.False(document.GetProperty("request_parameter_supported").GetBoolean());
        Assert.False(document.GetProperty("request_uri_parameter_supported").GetBoolean());
        Assert.DoesNotContain(Strings(document, "claims_supported"), claim => claim is "email" or "name" or "given_name" or "family_name");
    }

    [Fact]
    public async Task Jwks_publishes_the_public_keys_alone()
    {
        var keys = (await GetAsync("/connect/jwks")).GetProperty("keys").EnumerateArray().ToList();

        Assert.Equal(["ES256", "RS256"], keys.Select(key => key.GetProperty("alg").GetString()));
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], NamesIn(keys[0]));
        Assert.Equal(["alg", "e", "kid", "kty", "n", "use"], NamesIn(keys[1]));
    }

    private async Task<JsonElement> GetAsync(string path) =>
        JsonDocument.Parse(await host.Http.GetStringAsync(path, TestContext.Current.CancellationToken)).RootElement;

    private static IEnumerable<string> NamesIn(JsonElement key) => key.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Strings(JsonElement document, string name) =>
        document.GetProperty(name).EnumerateArray().Select(e => e.GetString()!);
}
