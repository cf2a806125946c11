using System.Text;
using OneRoster.Model;

namespace Gateway.Privacy.Rosters;

/// <summary>
/// What tells that several user records are one person: <c>master-identifier</c> (the record's <c>userMasterIdentifier</c>, 1.2),
/// <c>after:C</c> or <c>before:C</c> (the part of the <c>sourcedId</c> after the last, or before the first, character C: an SIS that makes
/// one record per school writes <c>school-person</c>), or nothing.
/// </summary>
internal sealed class SamePersonRule
{
    private const string Master = "master-identifier";
    private readonly string? text;
    private readonly byte[] separator;

    private SamePersonRule(string? text, byte[] separator) => (this.text, this.separator) = (text, separator);

    public static SamePersonRule None { get; } = new(null, []);

    public bool ReadsMasterIdentifier => text == Master;

    /// <returns>Null when the text is no rule.</returns>
    public static SamePersonRule? Parse(string? text) => text switch
    {
        null => None,
        Master => new(text, []),
        _ when text.Split(':', 2) is ["after" or "before", [var character]] && !char.IsSurrogate(character) && !char.IsControl(character) =>
            new(text, Encoding.UTF8.GetBytes([character])),
        _ => null,
    };

    /// <summary>What the record has in common with the person's others; null when it stands alone.</summary>
    public Pseudonym? PersonOf(User user, DistrictKeyRing keys)
    {
        if (text is null)
            return null;
        if (ReadsMasterIdentifier)
            return user.MasterIdentifier is { } master ? Hash(keys, master.ExposeUtf8()) : null;
        var id = user.Id.ExposeUtf8();
        var at = text.StartsWith("after", StringComparison.Ordinal) ? id.LastIndexOf(separator) : id.IndexOf(separator);
        var part = at < 0 ? default : text.StartsWith("after", StringComparison.Ordinal) ? id[(at + separator.Length)..] : id[..at];
        return part.IsEmpty || PlaceholderId.Is(part) ? null : Hash(keys, part);
    }

    public override string ToString() => text ?? "none";

    private static Pseudonym Hash(DistrictKeyRing keys, ReadOnlySpan<byte> identifier) =>
        keys.Pseudonyms.Of(IdentifierKind.RosterPerson, scope: [], identifier);
}
