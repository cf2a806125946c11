using OneRoster.Model;

namespace Gateway.Tests.Rostering;

/// <summary>The rows of a source, said to be changes.</summary>
internal sealed class PartialSource(IRosterSource rows, Func<RosterCollection, RosterExtent> extentOf, bool rolesComeWithUsers = false) : IRosterSource
{
    public OneRosterVersion Version => rows.Version;

    public bool RolesComeWithUsers => rolesComeWithUsers;

    public RosterExtent ExtentOf(RosterCollection collection) => extentOf(collection);

    public async IAsyncEnumerable<RosterRow> ReadAsync(
        FieldAllowList allowed, IRosterObserver observer, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in rows.ReadAsync(allowed, observer, cancellationToken))
            if (extentOf(row.Collection) != RosterExtent.Absent)
                yield return row;
    }

    public ValueTask DisposeAsync() => rows.DisposeAsync();
}
