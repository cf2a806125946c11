namespace Gateway.Engine.Feed;

/// <summary>The expected failures of the change feed, with their stable codes.</summary>
internal static class ChangeFailures
{
    public static readonly Failure CursorMissing = new(
        "changes.cursor_missing", "after is required: the cursor of the last answer, or latest before the roster is read for the first time.");

    public static readonly Failure CursorInvalid = new(
        "changes.cursor_invalid", "after must be a cursor that this feed gave to this engine, unchanged, or latest.");

    public static readonly Failure WaitInvalid = new("changes.wait_invalid", $"wait must be a number of seconds from 0 to {ChangesRequest.LongestWait}.");

    /// <summary>The cursor leads to a place that is not kept any more, or that this database never reached (it was restored from a backup).</summary>
    public static readonly Failure CursorExpired = new(
        "changes.cursor_expired",
        "The changes after this cursor are not kept any more (30 days): ask for after=latest, then read the roster anew, then go on from the cursor that latest gave.");
}
