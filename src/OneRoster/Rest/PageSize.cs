using Microsoft.Extensions.Logging;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>How many rows a page of a collection is asked to have: less where the server fails at that size, and never more again.</summary>
internal sealed class PageSize(int asked, RosterCollection collection, FindingSite findings, ILogger logger)
{
    private const int Least = 50;
    private int halvings;
    private bool told;

    public int Rows => halvings == 0 ? asked : Math.Max(Least, asked >> halvings);

    /// <summary>Halves the size. False when it is as small as it gets.</summary>
    public bool Shrink()
    {
        if (Rows <= Least)
            return false;
        halvings++;
        Log.PageSizeReduced(logger, collection, Rows);
        return true;
    }

    /// <summary>The size was not what the server minded.</summary>
    public void Restore() => halvings = 0;

    /// <summary>Reports, once, that a page came at a smaller size.</summary>
    public void Worked()
    {
        if (told || halvings == 0)
            return;
        told = true;
        findings.Report(RosterRules.PageSizeReduced, FindingSeverity.Warning, "limit", "Let the server answer the page size that it is asked for.");
    }
}
