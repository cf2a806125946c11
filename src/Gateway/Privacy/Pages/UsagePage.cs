using System.Globalization;
using System.Text;
using Gateway.Hosting;

namespace Gateway.Privacy.Pages;

/// <summary>The use of the whole gateway, month by month, in tens.</summary>
internal static class UsagePage
{
    public static IResult Of(UsageReport report)
    {
        var groups = report.Months.SelectMany(GroupsOf).Select(group => group.Group).Distinct().ToList();
        var html = new StringBuilder("""
            <h1>How much it is used</h1>
            <p class="what">People who practised in a month, of all districts together.</p>
            <p>Counts are given in tens. A group of fewer than ten people is withheld, and so is whatever it could be worked out from.</p>
            <table>
            <thead><tr><th scope="col">Month</th><th scope="col">People</th>
            """);
        foreach (var group in groups)
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Page.Text(char.ToUpperInvariant(group[0]) + group[1..])}s</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var month in report.Months.Reverse())
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{month.Month:yyyy-MM}</th><td>{Shown(month.People)}</td>");
            foreach (var group in groups)
                html.Append(CultureInfo.InvariantCulture, $"<td>{Shown(GroupsOf(month).SingleOrDefault(known => known.Group == group)?.People)}</td>");
            html.Append("</tr>");
        }

        return Page.Of("How much it is used", StatusCodes.Status200OK, html.Append("</tbody></table>").ToString());
    }

    private static IEnumerable<UsageGroup> GroupsOf(UsageMonth month) => month.By.SelectMany(by => by.Groups);

    private static string Shown(long? people) => people is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known} or more") : "withheld";
}
