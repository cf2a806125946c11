using System.Text.Json;
using System.Text.Json.Nodes;

namespace Samples.Lms.Registration;

/// <summary>Takes a tool's registration (RFC 7591, LTI Dynamic Registration 1.0, 3.4), and launches that tool from now on.</summary>
internal static class RegistrationEndpoint
{
    public const string Path = "/openid-registration";
    private const string ToolClaim = "https://purl.imsglobal.org/spec/lti-tool-configuration";

    public static void Map(WebApplication app) => app.MapPost(Path, HandleAsync);

    private static async Task<IResult> HandleAsync(HttpContext http, LmsOptions options, RegistrationTokens tokens)
    {
        if (!tokens.IsGood(http))
            return Results.Text("token_already_used", statusCode: 401);
        if (Refusal(options.RegistrationFault) is { } refusal)
            return refusal;
        JsonObject? wish;
        try
        {
            wish = await JsonSerializer.DeserializeAsync<JsonObject>(http.Request.Body, cancellationToken: http.RequestAborted);
        }
        catch (JsonException)
        {
            return Results.Text("invalid_json", statusCode: 400);
        }
        if (Lacking(wish) is { } missing)
            return Results.Text("missing required attribute " + missing, statusCode: 400);
        tokens.Spend(http);
        return Results.Text(Register(wish!, options), "application/json");
    }

    private static string? Lacking(JsonObject? wish)
    {
        if (wish is null)
            return "document";
        string[] needed = ["response_types", "initiate_login_uri", "redirect_uris", "client_name", "jwks_uri", "token_endpoint_auth_method", ToolClaim];
        if (needed.FirstOrDefault(name => wish[name] is null) is { } missing)
            return missing;
        return wish[ToolClaim] is JsonObject tool ? new[] { "domain", "target_link_uri", "claims", "messages" }.FirstOrDefault(name => tool[name] is null) : ToolClaim;
    }

    private static string Register(JsonObject wish, LmsOptions options)
    {
        if (!options.UpdatesTool)
            options.ClientId = Secrets.New()[..16];
        options.ToolLoginUrl = wish["initiate_login_uri"]!.GetValue<string>();
        options.ToolRedirectUrls = string.Join(' ', wish["redirect_uris"]!.AsArray().Select(url => url!.GetValue<string>()));
        options.ToolJwksUrl = wish["jwks_uri"]!.GetValue<string>();
        options.ToolTargetLinkUrl = wish[ToolClaim]!["target_link_uri"]!.GetValue<string>();
        options.LastRegistration = wish.ToJsonString();
        wish["client_id"] = options.ClientId;
        if (options.ReturnsDeploymentId)
            wish[ToolClaim]!["deployment_id"] = options.DeploymentId;
        if (options.RegistrationFault == RegistrationFault.OversizedAnswer)
            wish["padding"] = new string('x', 2 * 1024 * 1024);
        return wish.ToJsonString();
    }

    private static IResult? Refusal(RegistrationFault fault) => fault switch
    {
        RegistrationFault.HtmlRefusal => Results.Content(
            "<!doctype html><html><head><title>Error</title><script>alert(1)</script></head><body><h1>Not &amp; now</h1>" + new string('x', 5000) + "</body></html>",
            "text/html", statusCode: 403),
        RegistrationFault.OtherJsonRefusal => Results.Json(new { errorMessage = "JWT did not include <b>expected</b> contents" }, statusCode: 401),
        RegistrationFault.BareRefusal => Results.Text("invalid_redirect_uris", statusCode: 400),
        RegistrationFault.Broken => Results.StatusCode(500),
        _ => null,
    };
}
