using System.Globalization;
using System.Net;
using Samples.MadeUpDistrict;

namespace Samples.Sis.Pages;

/// <summary>One page that says what the server has and where.</summary>
internal static class HomePage
{
    private static readonly byte[] Css = ReadCss();

    public static void Map(WebApplication app)
    {
        app.MapGet("/", (HttpContext http, SisOptions options, SisState state) =>
        {
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";
            return Results.Content(Html(options, state.Roster), "text/html; charset=utf-8");
        });
        app.MapGet("/sis.css", () => Results.Bytes(Css, "text/css; charset=utf-8"));
    }

    private static string Html(SisOptions options, Roster roster)
    {
        District district = roster.District;
        (string, int)[] counts =
        [
            ("Schools", district.Schools), ("Terms", 2), ("Courses", district.Courses), ("Classes", district.Classes),
            ("Students", roster.StudentRows), ("Teachers", district.Teachers), ("Enrollments", roster.EnrollmentRows),
        ];
        string rows = string.Concat(counts.Select(c => string.Create(
            CultureInfo.InvariantCulture,
            $"<tr><th scope=\"row\">{c.Item1}</th><td class=\"number\" data-testid=\"count-{c.Item1.ToLowerInvariant()}\">{c.Item2:N0}</td></tr>")));
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Sample SIS</title><link rel="stylesheet" href="/sis.css">
            </head>
            <body>
            <header><h1>{WebUtility.HtmlEncode(district.Org(0).Name)}</h1><p>Sample student information system. Nobody in it exists.</p></header>
            <main>
            <h2>What is in it</h2>
            <table><caption hidden>Rows by kind</caption><tbody>{rows}</tbody></table>
            <h2>Where</h2>
            <table><tbody>
            <tr><th scope="row">OneRoster 1.2</th><td><code>/ims/oneroster/rostering/v1p2</code></td></tr>
            <tr><th scope="row">OneRoster 1.1</th><td><code>/ims/oneroster/v1p1</code></td></tr>
            <tr><th scope="row">Token</th><td><code>/token</code>, client <code>{WebUtility.HtmlEncode(options.ClientId)}</code></td></tr>
            <tr><th scope="row">CSV</th><td><code>/export/oneroster-1.1.zip</code>, <code>/export/oneroster-1.2.zip</code></td></tr>
            </tbody></table>
            </main>
            </body>
            </html>
            """;
    }

    private static byte[] ReadCss()
    {
        using Stream stream = typeof(HomePage).Assembly.GetManifestResourceStream("sis.css")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
