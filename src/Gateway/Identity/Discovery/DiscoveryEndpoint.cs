using Gateway.Hosting;
using Gateway.Identity.Token;

namespace Gateway.Identity.Discovery;

/// <summary><c>GET /.well-known/openid-configuration</c>: OpenID Connect Discovery 1.0, 3; RFC 8414; RFC 9207.</summary>
internal static class DiscoveryEndpoint
{
    public static IResult Handle(HttpContext http, PublicAddress address)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = address.Url,
            ["authorization_endpoint"] = address.Url + IdentityFeature.AuthorizePath,
            ["token_endpoint"] = address.Url + IdentityFeature.TokenPath,
            ["userinfo_endpoint"] = address.Url + IdentityFeature.UserInfoPath,
            ["jwks_uri"] = address.Url + IdentityFeature.JwksPath,
            ["scopes_supported"] = (string[])["openid", .. EngineApi.Scopes],
            ["response_types_supported"] = (string[])["code"],
            ["response_modes_supported"] = (string[])["query"],
            ["grant_types_supported"] = (string[])[TokenRequests.AuthorizationCode, TokenRequests.ClientCredentials],
            // Every engine sees ids of its own.
            ["subject_types_supported"] = (string[])["pairwise"],
            ["id_token_signing_alg_values_supported"] = SigningPurpose.IdTokens.Select(purpose => purpose.Algorithm),
            ["token_endpoint_auth_methods_supported"] = (string[])["client_secret_basic", "client_secret_post", "private_key_jwt"],
            ["token_endpoint_auth_signing_alg_values_supported"] = (string[])["RS256", "PS256", "ES256"],
            ["code_challenge_methods_supported"] = (string[])["S256"],
            ["prompt_values_supported"] = (string[])["none"],
            ["claim_types_supported"] = (string[])["normal"],
            ["claims_supported"] = IdTokens.Claims,
            ["claims_parameter_supported"] = false,
            ["request_parameter_supported"] = false,
            ["request_uri_parameter_supported"] = false,
            ["require_request_uri_registration"] = false,
            ["authorization_response_iss_parameter_supported"] = true,
        });
    }
}
