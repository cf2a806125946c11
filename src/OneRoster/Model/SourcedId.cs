using System.Text;

namespace OneRoster.Model;

/// <summary>
/// A <c>sourcedId</c>: the source's own id of a record, 1 to 255 bytes of UTF-8. For a person it is personal data, so it
/// does not print, format or serialise; its content comes out of <see cref="ExposeUtf8"/> and <see cref="ExposeText"/> only.
/// </summary>
public readonly struct SourcedId : IEquatable<SourcedId>
{
    /// <summary>The longest id accepted, in bytes (the information model's limit for a GUID is 255 characters).</summary>
    public const int MaxLength = 255;

    private readonly byte[]? utf8;

    private SourcedId(byte[] utf8) => this.utf8 = utf8;

    /// <summary>Takes a copy of <paramref name="utf8"/>.</summary>
    /// <returns>Whether it is a possible id: not empty and not longer than <see cref="MaxLength"/>.</returns>
    public static bool TryCreate(ReadOnlySpan<byte> utf8, out SourcedId id)
    {
        var possible = utf8.Length is > 0 and <= MaxLength;
        id = possible ? new SourcedId(utf8.ToArray()) : default;
        return possible;
    }

    /// <summary>The bytes of the id, for a keyed hash. Empty for a <see langword="default"/> value.</summary>
    public ReadOnlySpan<byte> ExposeUtf8() => utf8;

    /// <summary>The id as text. Not for people: hash <see cref="ExposeUtf8"/> instead.</summary>
    public string ExposeText() => Encoding.UTF8.GetString(ExposeUtf8());

    /// <summary>64 bits that stand for the id where only equality counts; the id cannot be had back from them, but can be guessed.</summary>
    internal ulong Digest() => IdHash.Of(utf8);

    /// <summary>A fixed text, never the id.</summary>
    public override string ToString() => "(sourcedId withheld)";

    /// <inheritdoc/>
    public bool Equals(SourcedId other) => ExposeUtf8().SequenceEqual(other.ExposeUtf8());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SourcedId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(ExposeUtf8());
        return hash.ToHashCode();
    }

    /// <summary>Whether both hold the same bytes.</summary>
    public static bool operator ==(SourcedId left, SourcedId right) => left.Equals(right);

    /// <summary>Whether they hold different bytes.</summary>
    public static bool operator !=(SourcedId left, SourcedId right) => !left.Equals(right);
}
