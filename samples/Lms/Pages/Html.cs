using System.Net;

namespace Samples.Lms.Pages;

internal static class Html
{
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; frame-ancestors 'self'";

    public static string E(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <summary>A page of the LMS; forms go nowhere else.</summary>
    public static IResult Page(HttpContext http, string title, string body, LmsPerson? person = null, int status = 200, string width = "")
    {
        http.Response.Headers.ContentSecurityPolicy = Policy + "; form-action 'self'; frame-src 'self' http: https:";
        http.Response.Headers.CacheControl = "no-store";
        string account = person is null
            ? ""
            : $"""
              <span>Signed in as <span data-testid="signed-in-as">{E(person.Name)}</span>
              <form method="post" action="/signout"><button type="submit" data-testid="sign-out">Sign out</button></form></span>
              """;
        return Results.Content(
            $"""
            {Head(title)}
            <body>
            <header><strong>Made-Up LMS</strong>{account}</header>
            <main class="{width}">
            {body}
            </main>
            </body>
            </html>
            """,
            "text/html; charset=utf-8",
            statusCode: status);
    }

    /// <summary>
    /// A form that sends itself to another site (OAuth 2.0 Form Post Response Mode, and LTI's login initiation). No form-action policy:
    /// browsers apply it to every redirect that follows.
    /// </summary>
    public static IResult Handover(HttpContext http, string title, string action, IEnumerable<KeyValuePair<string, string>> fields)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-store";
        string inputs = string.Concat(fields.Select(f => $"<input type=\"hidden\" name=\"{E(f.Key)}\" value=\"{E(f.Value)}\">\n"));
        return Results.Content(
            $"""
            {Head(title)}
            <body>
            <main class="narrow">
            <h1>{E(title)}</h1>
            <form id="handover" method="post" action="{E(action)}">
            {inputs}<button type="submit">Continue</button>
            </form>
            </main>
            <script src="/submit.js"></script>
            </body>
            </html>
            """,
            "text/html; charset=utf-8");
    }

    private static string Head(string title) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{E(title)} – Made-Up LMS</title><link rel="stylesheet" href="/lms.css">
        </head>
        """;
}
