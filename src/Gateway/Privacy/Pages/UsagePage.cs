using System.Globalization;
using System.Text;
using Gateway.Hosting;

namespace Gateway.Privacy.Pages;

/// <summary>The use of the whole gateway, month by month, in tens.</summary>
internal static class UsagePage
{
    public static IResult Of(UsageReport report)
    {
        var html = new StringBuilder("""
            <h1>How much it is used</h1>
            <p class="what">People who practised in a month, of all districts together.</p>
            <p>Counts are given in tens. A group of fewer than ten people is withheld, and so is whatever it could be worked out from.</p>
            """);
        foreach (var month in report.Months)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{month.Month:yyyy-MM}</h2><dl><dt>people</dt><dd>{Shown(month.People)}</dd>");
            foreach (var group in month.By.SelectMany(by => by.Groups))
                html.Append(CultureInfo.InvariantCulture, $"<dt>{Page.Text(group.Group)}s</dt><dd>{Shown(group.People)}</dd>");
            html.Append("</dl>");
        }

        return Page.Of("How much it is used", StatusCodes.Status200OK, html.ToString());
    }

    private static string Shown(long? people) => people is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known} or more") : "withheld";
}
