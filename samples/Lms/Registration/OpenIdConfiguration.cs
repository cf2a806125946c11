using System.Text.Json.Nodes;
using Samples.Lms.Services;

namespace Samples.Lms.Registration;

/// <summary>What the platform says about itself (LTI Dynamic Registration 1.0, 3.1), to whoever has a registration token.</summary>
internal static class OpenIdConfiguration
{
    public const string Path = "/openid-configuration";

    public static void Map(WebApplication app)
    {
        app.MapGet(Path, Answer);
        app.MapGet("/inward", (LmsOptions options, OwnAddress own) => Results.Text(Document(options, own).ToJsonString(), "application/json"));
    }

    private static IResult Answer(HttpContext http, LmsOptions options, OwnAddress own, RegistrationTokens tokens)
    {
        if (!tokens.IsGood(http))
            return Results.Text("missing_registration_token", statusCode: 401);
        if (options.RegistrationFault == RegistrationFault.RedirectInward)
            return Results.Redirect("/inward");
        return Results.Text(Document(options, own).ToJsonString(), "application/json");
    }

    private static JsonObject Document(LmsOptions options, OwnAddress own)
    {
        var document = new JsonObject
        {
            ["issuer"] = options.RegistrationFault == RegistrationFault.WrongIssuer ? "https://another.example" : own.Issuer,
            ["authorization_endpoint"] = own.Base + "/auth" + options.AuthorizationQuery,
            ["token_endpoint"] = own.Token,
            ["jwks_uri"] = own.Base + "/jwks",
            ["registration_endpoint"] = own.Base + RegistrationEndpoint.Path,
            ["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt"),
            ["token_endpoint_auth_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["scopes_supported"] = new JsonArray([.. Scopes.All.Prepend("openid").Select(s => JsonValue.Create(s))]),
            ["response_types_supported"] = new JsonArray("id_token"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["claims_supported"] = new JsonArray("sub", "iss", "name", "given_name", "family_name", "email"),
            ["https://purl.imsglobal.org/spec/lti-platform-configuration"] = new JsonObject
            {
                ["product_family_code"] = "sample-lms",
                ["version"] = "1.0",
                ["messages_supported"] = new JsonArray(new JsonObject { ["type"] = "LtiResourceLinkRequest" }),
                ["variables"] = new JsonArray("Person.sourcedId"),
            },
        };
        if (options.AuthorizationServer is { } server)
            document["authorization_server"] = server;
        if (options.RegistrationFault == RegistrationFault.Incomplete)
            document.Remove("registration_endpoint");
        if (options.RegistrationFault == RegistrationFault.OversizedConfiguration)
            document["padding"] = new string('x', 2 * 1024 * 1024);
        return document;
    }
}
