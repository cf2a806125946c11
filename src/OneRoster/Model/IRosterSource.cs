namespace OneRoster.Model;

/// <summary>A roster that can be read from its first row to its last, in constant memory.</summary>
public interface IRosterSource : IAsyncDisposable
{
    /// <summary>The version that the source speaks.</summary>
    OneRosterVersion Version { get; }

    /// <summary>
    /// How much of a collection the source has. Where a user's roles are part of the user record, roles have the extent of users.
    /// </summary>
    RosterExtent ExtentOf(RosterCollection collection);

    /// <summary>
    /// Whether a user's roles are part of the user record (1.1, and REST), so that a user who is among the rows has no other roles than those
    /// that follow.
    /// </summary>
    bool RolesComeWithUsers { get; }

    /// <summary>
    /// Reads every collection that <paramref name="allowed"/> names, in the order of <see cref="RosterCollection"/>. Where a
    /// user's roles are part of the user record (1.1, and REST), each user is followed at once by its roles.
    /// </summary>
    /// <param name="allowed">The fields that may be read; nothing else becomes a value.</param>
    /// <param name="observer">Receives findings and progress, on the reading thread.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RosterSourceException">The source broke off; what was yielded until then is not the roster.</exception>
    IAsyncEnumerable<RosterRow> ReadAsync(FieldAllowList allowed, IRosterObserver observer, CancellationToken cancellationToken);
}
