using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;

namespace Gateway.Hosting;

/// <summary>A plain page: one style sheet of the gateway's own, no script, readable on a phone and at 200 % zoom.</summary>
internal static class Page
{
    public const string StylePath = "/assets/gateway.css";

    public static IResult Of(string title, int status, string main) => Results.Content(
        $"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>{Text(title)}</title>
          <link rel="stylesheet" href="{StylePath}">
        </head>
        <body>
        <main>
        {main}
        </main>
        </body>
        </html>
        """,
        MediaTypeNames.Text.Html,
        Encoding.UTF8,
        status);

    /// <summary>Text made safe for HTML.</summary>
    public static string Text(string text) => HtmlEncoder.Default.Encode(text);

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        // Browsers ask for one on their own.
        routes.MapGet("/favicon.ico", Results.NoContent).ExcludeFromDescription();
        routes.MapGet(StylePath, (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=3600";
            return Results.Text(Style.Value, "text/css", Encoding.UTF8);
        }).ExcludeFromDescription();
    }

    private static readonly Lazy<string> Style = new(() =>
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream("gateway.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });
}
