using System.Globalization;
using System.Text;
using Gateway.Hosting;

namespace Gateway.Privacy.Pages;

/// <summary>Who receives what and why; no district is named.</summary>
internal static class ThirdPartiesPage
{
    private static readonly Dictionary<string, string> Headings = new()
    {
        ["engine"] = "Practice engines",
        ["platform"] = "The schools' own learning platforms",
        ["roster"] = "The districts' own student information systems",
        ["mail"] = "Mail",
    };

    public static IResult Of(IReadOnlyList<ThirdParty> parties)
    {
        var html = new StringBuilder("""
            <h1>Who receives what</h1>
            <p class="what">Nobody else than those on this page receives anything, and nothing is sold. The page is made from what is registered.</p>
            """);
        foreach (var kind in parties.GroupBy(party => party.Kind))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{Headings[kind.Key]}</h2>");
            foreach (var party in kind)
            {
                html.Append(CultureInfo.InvariantCulture, $"<section class=\"kept\"><h3>{Page.Text(party.Name)}</h3><p>{Page.Text(party.Why)}.</p><ul>");
                foreach (var field in party.Receives)
                    html.Append(CultureInfo.InvariantCulture, $"<li>{Page.Text(field.Field)}{(field.Districts is { } districts ? $" ({districts} district{(districts == 1 ? "" : "s")})" : "")}</li>");
                html.Append("</ul></section>");
            }
        }

        return Page.Of("Who receives what", StatusCodes.Status200OK, html.ToString());
    }
}
