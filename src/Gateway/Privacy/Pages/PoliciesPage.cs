using System.Globalization;
using System.Text;
using Gateway.Hosting;

namespace Gateway.Privacy.Pages;

/// <summary>The versions of the privacy policy, the newest first, and what each changed.</summary>
internal static class PoliciesPage
{
    public static IResult Of(IReadOnlyList<PublishedPolicy> versions)
    {
        var html = new StringBuilder("""
            <h1>Versions of the privacy policy</h1>
            <p class="what">What is new in a version is not read for a district until one of its administrators has accepted it.</p>
            """);
        foreach (var version in versions)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>Version {version.Version}, last updated {version.LastUpdated:yyyy-MM-dd}</h2><p>{Page.Text(version.Summary)}</p><dl>");
            foreach (var field in version.Fields)
                html.Append(CultureInfo.InvariantCulture, $"<dt><code>{Page.Text(field.Field)}</code></dt><dd>{Page.Text(field.Purpose)}. Received by {Page.Text(field.Recipient)}.</dd>");
            html.Append("</dl>");
        }

        return Page.Of("Versions of the privacy policy", StatusCodes.Status200OK, html.ToString());
    }
}

/// <summary>A version as it is published.</summary>
internal sealed record PublishedPolicy(int Version, DateOnly LastUpdated, string Summary, IReadOnlyList<PolicyField> Fields);
