namespace OneRoster.Model;

/// <summary>How much of a collection a source has.</summary>
public enum RosterExtent
{
    /// <summary>All of it: what is not among the rows is not in the roster any more (CSV "bulk", a full pull).</summary>
    Full,

    /// <summary>
    /// What was added, changed or marked as to be deleted since some moment (CSV "delta", a pull by <c>dateLastModified</c>): what is not
    /// among the rows is as it was.
    /// </summary>
    Changes,

    /// <summary>Nothing: the collection is as it was (CSV "absent" beside delta files).</summary>
    Absent,
}
