using System.Globalization;
using System.Text;
using Gateway.Hosting;

namespace Gateway.Privacy.Pages;

/// <summary>The record of processing as a page: for a parent first, for an auditor below, and good on paper.</summary>
internal static class RecordPage
{
    private static readonly (string About, string Heading, string Says)[] Groups =
    [
        ("child", "About your child", "This is everything that the gateway keeps about a student or a teacher. It does not know anybody's name."),
        ("adult", "About adults who decide", "Names of adults who accepted something for a school or an engine, and where an administrator is told."),
        ("school", "About the school", "Schools, classes, terms, and how the district's systems are connected. Nobody is in it."),
        ("gateway", "The gateway's own", "Keys and practice engines."),
    ];

    public static IResult Of(ProcessingRecord record)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <h1>What is kept, and for how long</h1>
            <p class="what">This page is made by the gateway itself, from what it reads, keeps and deletes.</p>
            <p>Privacy policy version <span data-testid="version">{record.Version}</span>, last updated {record.LastUpdated:yyyy-MM-dd}.
              The same for programs: ask for <code>application/json</code>.</p>
            <h2>What is never read</h2>
            <p>{Text(string.Join(", ", record.Never))}.</p>
            """);
        foreach (var (about, heading, says) in Groups)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{heading}</h2><p>{says}</p>");
            foreach (var table in record.Kept.Where(table => table.About == about))
                Append(html, table);
        }

        html.Append("<h2>What is read</h2><p>Of a launch and of a roster, field by field. Everything else is skipped and never becomes text.</p>");
        foreach (var source in record.Read.GroupBy(field => field.Source))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h3>{Heading(source.Key)}</h3><dl>");
            foreach (var field in source)
                html.Append(CultureInfo.InvariantCulture,
                    $"<dt><code>{Text(field.Field)}</code></dt><dd>{Text(field.Purpose)}. Received by {Text(field.Recipient)}. Deleted: {Text(field.Retention)}.</dd>");
            html.Append("</dl>");
        }

        return Page.Of("What is kept, and for how long", StatusCodes.Status200OK, html.ToString());
    }

    private static void Append(StringBuilder html, KeptData table)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section class=\"kept\"><h3>{Text(table.Title)}</h3><dl>");
        foreach (var columns in table.Columns)
            html.Append(CultureInfo.InvariantCulture, $"<dt><code>{Text(string.Join(", ", columns.Names))}</code></dt><dd>{Text(columns.What)}</dd>");
        html.Append(CultureInfo.InvariantCulture, $"""
            <dt>Why</dt><dd>{Text(table.Purpose)}</dd>
            <dt>Received by</dt><dd>{Text(table.Recipients)}</dd>
            <dt>Deleted</dt><dd>{Text(string.Join("; ", table.Deleted.Select(until => until.Requirement is null ? until.When : $"{until.When} ({until.Rule}, {until.Requirement})")))}</dd>
            </dl></section>
            """);
    }

    private static string Heading(string source) => source switch
    {
        "launch" => "Of a launch (the link that a student clicks)",
        "roster" => "Of a roster (the school's list of classes)",
        _ => "What a district may give to a practice engine",
    };

    private static string Text(string text) => Page.Text(text);
}
