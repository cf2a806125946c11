using System.Net;

namespace Samples.PracticeEngine.Pages;

internal static class Html
{
    // No frame-ancestors: the engine is meant to be opened inside a course's page.
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

    public static string E(string? text) => WebUtility.HtmlEncode(text ?? "");

    public static IResult Page(HttpContext http, string title, string body, int status = 200)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Content(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{E(title)} – Made-Up Practice</title><link rel="stylesheet" href="/engine.css">
            </head>
            <body>
            <header><strong>Made-Up Practice</strong></header>
            <main>
            {body}
            </main>
            </body>
            </html>
            """,
            "text/html; charset=utf-8",
            statusCode: status);
    }

    public static IResult Problem(HttpContext http, int status, string code, string whatToDo) => Page(
        http,
        "Something went wrong",
        $"<h1>This did not work</h1><p class=\"note\" role=\"alert\" data-testid=\"problem\">{E(whatToDo)}</p><p>Code: <code data-testid=\"code\">{E(code)}</code></p>",
        status);
}
