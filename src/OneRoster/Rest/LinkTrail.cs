namespace OneRoster.Rest;

/// <summary>
/// Notices when links lead in a circle, however long, remembering one of them (Brent's way: the one kept is replaced after 1, 2, 4, …
/// steps, so that sooner or later it lies on the circle).
/// </summary>
internal sealed class LinkTrail
{
    private Uri? kept;
    private long steps;
    private long until = 1;

    /// <returns>Whether the link was followed before.</returns>
    public bool IsCircle(Uri link)
    {
        if (link == kept)
            return true;
        if (++steps >= until)
            (kept, steps, until) = (link, 0, until * 2);
        return false;
    }
}
