using OneRoster.Validation;

namespace OneRoster.Model;

/// <summary>Hears what a source finds while it reads. Called on the reading thread, so it must be quick.</summary>
public interface IRosterObserver
{
    /// <summary>Something is wrong with the source; it never carries a value.</summary>
    void Report(RosterFinding finding);

    /// <summary>
    /// So many rows of a collection have been yielded. Called every thousand rows or every page, and once when the collection
    /// is complete (also when it is empty).
    /// </summary>
    void Progress(RosterCollection collection, long rows);
}
