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
    /// <param name="collection">The collection.</param>
    /// <param name="rows">The rows yielded so far.</param>
    /// <param name="expected">How many there will be, as far as the source can tell (an estimate); null when it cannot.</param>
    void Progress(RosterCollection collection, long rows, long? expected);

    /// <summary>
    /// A collection is read from its start again, because it changed while it was read: what was yielded of it until now, the roles that
    /// came with its users included, is void.
    /// </summary>
    void Restarted(RosterCollection collection);
}
