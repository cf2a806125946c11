using OneRoster.Model;

namespace Gateway.Rostering.Pickup;

/// <summary>A source in a folder of its own, which goes when it has been read.</summary>
internal sealed class FetchedSource(IRosterSource source, string folder) : IRosterSource
{
    public OneRosterVersion Version => source.Version;

    public bool RolesComeWithUsers => source.RolesComeWithUsers;

    public RosterExtent ExtentOf(RosterCollection collection) => source.ExtentOf(collection);

    public IAsyncEnumerable<RosterRow> ReadAsync(FieldAllowList allowed, IRosterObserver observer, CancellationToken cancellationToken) =>
        source.ReadAsync(allowed, observer, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
