using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace Gateway.Hosting;

/// <summary>A plain page: one style sheet of the gateway's own, readable on a phone and at 200 % zoom.</summary>
internal static class Page
{
    public const string StylePath = "/assets/gateway.css";

    /// <param name="title">Its name in a tab.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="main">HTML, with everything from outside encoded by <see cref="Text"/>.</param>
    /// <param name="head">More HTML for its head.</param>
    public static IResult Of(string title, int status, string main, string head = "") => new Written(title, status, main, head);

    /// <summary>Text made safe for HTML.</summary>
    public static string Text(string text) => HtmlEncoder.Default.Encode(text);

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        // Browsers ask for one on their own.
        routes.MapGet("/favicon.ico", Results.NoContent).ExcludeFromDescription();
        routes.MapGet(StylePath, (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=3600";
            return Results.Bytes(Style.Value, "text/css; charset=utf-8");
        }).ExcludeFromDescription();
    }

    private static readonly Lazy<byte[]> Style = new(() =>
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream("gateway.css")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    });

    // It changes with the sheet: a page never meets the one of the release before in a browser's cache.
    private static readonly Lazy<string> StyleAddress = new(() =>
        $"{StylePath}?v={Convert.ToHexStringLower(SHA256.HashData(Style.Value).AsSpan(0, 8))}");

    // Where the gateway lives below a path, only the request's end knows it.
    private sealed class Written(string title, int status, string main, string head) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Results.Content(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{Text(title)}</title>
              <link rel="stylesheet" href="{Text(httpContext.Request.PathBase + StyleAddress.Value)}">
              {head}
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
            status).ExecuteAsync(httpContext);
    }
}
