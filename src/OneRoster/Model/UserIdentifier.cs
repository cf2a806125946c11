namespace OneRoster.Model;

/// <summary>
/// A user's <c>identifier</c>: mostly the number by which a district knows a student. Personal data, read only where a host allows it to
/// tell who is one person: it does not print, format or serialise; its content comes out of <see cref="ExposeUtf8"/> only.
/// </summary>
public readonly struct UserIdentifier : IEquatable<UserIdentifier>
{
    private readonly byte[]? utf8;

    private UserIdentifier(byte[] utf8) => this.utf8 = utf8;

    /// <summary>Takes a copy of <paramref name="utf8"/>.</summary>
    /// <returns>Whether it is a possible identifier: not empty and not longer than <see cref="SourcedId.MaxLength"/>.</returns>
    public static bool TryCreate(ReadOnlySpan<byte> utf8, out UserIdentifier identifier)
    {
        var possible = utf8.Length is > 0 and <= SourcedId.MaxLength;
        identifier = possible ? new UserIdentifier(utf8.ToArray()) : default;
        return possible;
    }

    /// <summary>The bytes of the identifier, for a keyed hash. Empty for a <see langword="default"/> value.</summary>
    public ReadOnlySpan<byte> ExposeUtf8() => utf8;

    /// <summary>A fixed text, never the identifier.</summary>
    public override string ToString() => "(identifier withheld)";

    /// <inheritdoc/>
    public bool Equals(UserIdentifier other) => ExposeUtf8().SequenceEqual(other.ExposeUtf8());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UserIdentifier other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(ExposeUtf8());
        return hash.ToHashCode();
    }

    /// <summary>Whether both hold the same bytes.</summary>
    public static bool operator ==(UserIdentifier left, UserIdentifier right) => left.Equals(right);

    /// <summary>Whether they hold different bytes.</summary>
    public static bool operator !=(UserIdentifier left, UserIdentifier right) => !left.Equals(right);
}
