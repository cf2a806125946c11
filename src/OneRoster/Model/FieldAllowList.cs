namespace OneRoster.Model;

/// <summary>
/// The (collection, field) pairs that a reader may turn into values. There is no default: a host states each field. Fields
/// outside the list are not asked of a server and are skipped, unread, in what it sends; a collection without a field is not opened.
/// </summary>
public sealed class FieldAllowList
{
    private static readonly RosterCollection[] Order = Enum.GetValues<RosterCollection>();
    private readonly HashSet<(RosterCollection, RosterField)> allowed;

    private FieldAllowList(HashSet<(RosterCollection, RosterField)> allowed)
    {
        this.allowed = allowed;
        Collections = [.. Order.Where(collection => allowed.Any(pair => pair.Item1 == collection))];
    }

    /// <summary>The collections that may be read, in reading order.</summary>
    public IReadOnlyList<RosterCollection> Collections { get; }

    /// <summary>
    /// Builds a list from names as the 1.2 REST binding spells them (<c>sourcedId</c>, <c>startDate</c>, <c>course</c>, …), which
    /// stand for the same fields in 1.1 and in CSV. A user's roles are the collection <see cref="RosterCollection.UserRoles"/>
    /// with <c>user</c>, <c>org</c>, <c>role</c>, <c>roleType</c>, in every version and binding.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A name is one that no host may allow (names, addresses, credentials, demographics, …) or is not a field of its collection,
    /// or a collection lacks a field without which it has no rows, or roles are allowed without users. The message names the field.
    /// </exception>
    public static FieldAllowList Create(params IEnumerable<(RosterCollection Collection, string Field)> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var allowed = new HashSet<(RosterCollection, RosterField)>();
        foreach (var (collection, name) in fields)
            allowed.Add((collection, Admit(collection, name)));

        foreach (var collection in allowed.Select(pair => pair.Item1).Distinct())
        {
            var missing = FieldCatalog.Required(collection).Where(field => !allowed.Contains((collection, field))).Select(FieldCatalog.NameOf);
            if (string.Join(", ", missing) is { Length: > 0 } names)
                throw new ArgumentException($"{collection} cannot be read without: {names}. Allow these too, or nothing of {collection}.", nameof(fields));
        }

        var list = new FieldAllowList(allowed);
        if (list.Allows(RosterCollection.UserRoles) && !list.Allows(RosterCollection.Users))
            throw new ArgumentException("UserRoles cannot be read without Users: over REST they are part of the user record.", nameof(fields));
        return list;
    }

    /// <summary>Whether the named field of a collection may be read.</summary>
    public bool Allows(RosterCollection collection, string field) =>
        Find(collection, field) is { } found && allowed.Contains((collection, found));

    /// <summary>Whether anything of a collection may be read.</summary>
    public bool Allows(RosterCollection collection) => Collections.Contains(collection);

    internal bool Allows(RosterCollection collection, RosterField field) => allowed.Contains((collection, field));

    private static RosterField Admit(RosterCollection collection, string name)
    {
        if (FieldCatalog.IsNever(name))
            throw new ArgumentException($"The field '{name}' of {collection} can never be allowed: the gateway does not read it from any roster.", nameof(name));
        return Find(collection, name)
            ?? throw new ArgumentException($"{collection} has no readable field '{name}'.", nameof(name));
    }

    private static RosterField? Find(RosterCollection collection, string name)
    {
        foreach (var field in FieldCatalog.Required(collection).Concat(FieldCatalog.Optional(collection)))
            if (FieldCatalog.NameOf(field) == name)
                return field;
        return null;
    }
}
