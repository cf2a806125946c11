using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.IdentityModel.Tokens;

namespace Samples.PracticeEngine.SignIn;

/// <summary>What the OpenID provider says of itself (Discovery 1.0), read when first needed.</summary>
internal sealed class Provider(PracticeEngineOptions options, HttpClient http)
{
    private Known? _known;

    public async Task<Known> ReadAsync(CancellationToken cancel, bool again = false)
    {
        string authority = options.Provider;
        if (!again && Volatile.Read(ref _known) is { } known && known.Authority == authority)
            return known;
        Metadata metadata = await http.GetFromJsonAsync<Metadata>(new Uri(authority + "/.well-known/openid-configuration"), cancel)
            ?? throw new JsonException("The provider's metadata is empty.");
        // Discovery 4.3: the issuer must be the one that was asked.
        if (metadata.Issuer.TrimEnd('/') != authority)
            throw new JsonException("The provider's metadata names another issuer.");
        JsonWebKeySet keys = new(await http.GetStringAsync(new Uri(metadata.JwksUri), cancel));
        known = new Known(authority, metadata, keys);
        Volatile.Write(ref _known, known);
        return known;
    }

    internal sealed record Known(string Authority, Metadata Metadata, JsonWebKeySet Keys);

    internal sealed record Metadata(
        [property: JsonRequired, JsonPropertyName("issuer")] string Issuer,
        [property: JsonRequired, JsonPropertyName("authorization_endpoint")] string AuthorizationEndpoint,
        [property: JsonRequired, JsonPropertyName("token_endpoint")] string TokenEndpoint,
        [property: JsonRequired, JsonPropertyName("jwks_uri")] string JwksUri,
        [property: JsonPropertyName("authorization_response_iss_parameter_supported")] bool NamesItselfInResponses = false);
}
