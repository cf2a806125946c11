namespace OneRoster.Model;

/// <summary>
/// One row of a roster: the same whichever version and binding it came from. It prints its collection only, never a value.
/// </summary>
/// <param name="Collection">The collection that the row belongs to.</param>
public abstract record RosterRow(RosterCollection Collection)
{
    /// <summary>The name of the collection, never a value of the row.</summary>
    public sealed override string ToString() => $"({Collection} row)";
}
