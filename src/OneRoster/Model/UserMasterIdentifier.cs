namespace OneRoster.Model;

/// <summary>
/// A <c>userMasterIdentifier</c>: what says that several user records are one person. Personal data: it does not print,
/// format or serialise; its content comes out of <see cref="ExposeUtf8"/> only.
/// </summary>
public readonly struct UserMasterIdentifier : IEquatable<UserMasterIdentifier>
{
    private readonly byte[]? utf8;

    private UserMasterIdentifier(byte[] utf8) => this.utf8 = utf8;

    /// <summary>Takes a copy of <paramref name="utf8"/>.</summary>
    /// <returns>Whether it is a possible identifier: not empty and not longer than <see cref="SourcedId.MaxLength"/>.</returns>
    public static bool TryCreate(ReadOnlySpan<byte> utf8, out UserMasterIdentifier identifier)
    {
        var possible = utf8.Length is > 0 and <= SourcedId.MaxLength;
        identifier = possible ? new UserMasterIdentifier(utf8.ToArray()) : default;
        return possible;
    }

    /// <summary>The bytes of the identifier, for a keyed hash. Empty for a <see langword="default"/> value.</summary>
    public ReadOnlySpan<byte> ExposeUtf8() => utf8;

    /// <summary>64 bits that stand for the identifier where only equality counts.</summary>
    internal ulong Digest() => IdHash.Of(utf8);

    /// <summary>A fixed text, never the identifier.</summary>
    public override string ToString() => "(userMasterIdentifier withheld)";

    /// <inheritdoc/>
    public bool Equals(UserMasterIdentifier other) => ExposeUtf8().SequenceEqual(other.ExposeUtf8());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UserMasterIdentifier other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(ExposeUtf8());
        return hash.ToHashCode();
    }

    /// <summary>Whether both hold the same bytes.</summary>
    public static bool operator ==(UserMasterIdentifier left, UserMasterIdentifier right) => left.Equals(right);

    /// <summary>Whether they hold different bytes.</summary>
    public static bool operator !=(UserMasterIdentifier left, UserMasterIdentifier right) => !left.Equals(right);
}
