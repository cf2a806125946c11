using Microsoft.Extensions.Primitives;
using Samples.Lms.Pages;

namespace Samples.Lms.Launches;

/// <summary>The authorization endpoint (1EdTech Security Framework 5.1.1.2), by GET and POST.</summary>
internal static class AuthEndpoint
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/auth", (HttpContext http) => Answer(http, name => http.Request.Query[name]));
        app.MapPost("/auth", async (HttpContext http) =>
        {
            if (!http.Request.HasFormContentType)
                return Results.BadRequest();
            IFormCollection form = await http.Request.ReadFormAsync(http.RequestAborted);
            return Answer(http, name => form[name]);
        });
    }

    private static IResult Answer(HttpContext http, Func<string, StringValues> parameter)
    {
        LmsOptions options = http.RequestServices.GetRequiredService<LmsOptions>();
        string redirectUri = parameter("redirect_uri").ToString();
        // Nothing may be sent to a place that is not registered: these two are told to the person instead.
        if (parameter("client_id") != options.ClientId)
            return Stop(http, "The tool is not known here (client_id).");
        if (!options.RedirectUrls.Contains(redirectUri, StringComparer.Ordinal))
            return Stop(http, "The tool asked to be answered at an address that is not registered (redirect_uri).");

        var answer = new Dictionary<string, string>();
        if (parameter("state").ToString() is { Length: > 0 } state)
            answer["state"] = state;
        if (Refusal(http, parameter, out LmsPerson? person, out bool framed) is { } refusal)
        {
            answer["error"] = refusal.Error;
            answer["error_description"] = refusal.Description;
        }
        else
        {
            IdTokens tokens = http.RequestServices.GetRequiredService<IdTokens>();
            answer["id_token"] = tokens.Make(person!, parameter("nonce").ToString(), framed);
        }
        return Html.Handover(http, "Opening the tool", redirectUri, answer);
    }

    private static (string Error, string Description)? Refusal(
        HttpContext http, Func<string, StringValues> parameter, out LmsPerson? person, out bool framed)
    {
        person = http.RequestServices.GetRequiredService<Sessions>().Of(http);
        framed = false;
        if (parameter("response_type") != "id_token")
            return ("unsupported_response_type", "response_type must be id_token");
        if (parameter("response_mode") != "form_post")
            return ("invalid_request", "response_mode must be form_post");
        if (parameter("prompt") != "none")
            return ("invalid_request", "prompt must be none");
        if (!parameter("scope").ToString().Split(' ').Contains("openid"))
            return ("invalid_scope", "scope must have openid");
        if (parameter("nonce").ToString().Length == 0)
            return ("invalid_request", "nonce is missing");
        if (person is null || parameter("login_hint") != person.UserId)
            return ("login_required", "nobody, or somebody else, is signed in");
        string hint = parameter("lti_message_hint").ToString();
        if (http.RequestServices.GetRequiredService<PendingLaunches>().Take(hint, person) is not { } where)
            return ("launch_no_longer_valid", "the launch was not begun here, or is over");
        framed = where;
        return null;
    }

    private static IResult Stop(HttpContext http, string why) => Html.Page(
        http,
        "The tool cannot be opened",
        $"<h1>The tool cannot be opened</h1><p class=\"problem\" role=\"alert\" data-testid=\"problem\">{Html.E(why)}</p>",
        status: 400,
        width: "narrow");
}
