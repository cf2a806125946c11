using System.Text;
using Gateway.Privacy;

namespace Gateway.Hosting;

/// <summary><c>GET /</c>: what this is, for somebody who came here by chance, and where the public pages are.</summary>
internal static class FrontPage
{
    private static readonly (string Path, string Words)[] Pages =
    [
        (DisclosureRoutes.RecordPath, "What is held about people, why, and for how long"),
        (DisclosureRoutes.PoliciesPath, "The privacy policy and its earlier versions"),
        (DisclosureRoutes.ThirdPartiesPath, "Who receives data"),
        (DisclosureRoutes.UsagePath, "How much this gateway is used"),
        (CertificateEndpoints.VerifyPath, "Check a certificate of deletion"),
        ("/openapi", "The interface for practice engines"),
    ];

    public static void MapFrontPage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", (HttpRequest request) => Of(request.PathBase)).ExcludeFromDescription();

    private static IResult Of(PathString own)
    {
        var links = new StringBuilder();
        foreach (var (path, words) in Pages)
            links.Append($"<li><a href=\"{Page.Text(own.Add(path))}\">{Page.Text(words)}</a></li>\n");
        return Page.Of("Learning gateway", StatusCodes.Status200OK,
            $"""
            <h1>Learning gateway</h1>
            <p class="what">This gateway connects schools' learning platforms and rosters with practice software, and keeps almost nothing about anybody.</p>
            <h2>What to do next</h2>
            <p>You are a student or a teacher: nothing is opened from here. Go to your course and open the activity there.</p>
            <p>You look after a school's learning platform: ask this gateway's operator for an invitation, which is an address to register your
            platform with.</p>
            <h2>Public pages</h2>
            <ul>
            {links}</ul>
            """);
    }
}
