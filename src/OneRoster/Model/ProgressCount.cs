namespace OneRoster.Model;

/// <summary>Counts the rows of a collection, and of the roles that come with users, and tells the observer now and then.</summary>
internal sealed class ProgressCount(RosterCollection collection, FieldAllowList allowed, IRosterObserver observer, int every)
{
    private long rows;
    private long roles;

    /// <summary>How many rows there will be, as far as the source can tell.</summary>
    public long? Expected { get; set; }

    public void Count(RosterRow row)
    {
        if (row.Collection != collection)
            roles++;
        else if (++rows % every == 0)
            observer.Progress(collection, rows, Expected);
    }

    /// <summary>Forgets what was counted.</summary>
    public void Restart() => (rows, roles) = (0, 0);

    /// <summary>Tells the final counts; <paramref name="withRoles"/> if this collection brought the users' roles along.</summary>
    public void Complete(bool withRoles)
    {
        observer.Progress(collection, rows, rows);
        if (withRoles && allowed.Allows(RosterCollection.UserRoles))
            observer.Progress(RosterCollection.UserRoles, roles, roles);
    }
}
