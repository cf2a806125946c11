using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Browser.Tests.Browsing;

/// <summary>What axe-core finds on a page by the rules of WCAG 2.0, 2.1 and 2.2, levels A and AA.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    // What may differ in a narrower window; colours and names do not. The last one passes everywhere and shows that axe ran.
    private static readonly AxeRunOptions RulesOfSize = new()
    {
        RunOnly = new() { Type = "rule", Values = ["target-size", "scrollable-region-focusable", "html-has-lang"] },
    };

    public static Task ShouldBeAccessibleAsync(IPage page) => ShouldKeepAsync(page, Rules);

    /// <summary>The same for another size of a window in which the page was looked at.</summary>
    public static Task ShouldStayAccessibleAsync(IPage page) => ShouldKeepAsync(page, RulesOfSize);

    private static async Task ShouldKeepAsync(IPage page, AxeRunOptions rules)
    {
        var result = await page.RunAxe(rules);
        Assert.NotEmpty(result.Passes);
        Assert.Empty(result.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"));
    }
}
