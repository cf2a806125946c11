using System.Text;
using OneRoster.Model;

namespace Gateway.Privacy.Rosters;

/// <summary>
/// What tells that several user records are one person: <c>master-identifier</c> (the record's <c>userMasterIdentifier</c>, 1.2),
/// <c>identifier</c> (the record's <c>identifier</c>, where the district has accepted that it is read), <c>after:C</c> or <c>before:C</c> (the part of the <c>sourcedId</c> after the last, or before the first, character C: an SIS that makes
/// one record per school writes <c>school-person</c>), or nothing.
/// </summary>
internal sealed class SamePersonRule
{
    private const string Master = "master-identifier";
    private const string Number = "identifier";
    private readonly string? text;
    private readonly byte[] separator;

    private SamePersonRule(string? text, byte[] separator) => (this.text, this.separator) = (text, separator);

    public static SamePersonRule None { get; } = new(null, []);

    public bool ReadsMasterIdentifier => text == Master;

    public bool ReadsIdentifier => text == Number;

    /// <summary>The field that it looks at, by its wire name.</summary>
    public string Field => text switch { Master => "userMasterIdentifier", Number => "identifier", _ => "sourcedId" };

    /// <summary>Whether it goes by a part of the <c>sourcedId</c>.</summary>
    public bool IsPattern => text is not (null or Master or Number);

    /// <returns>Null when the text is no rule.</returns>
    public static SamePersonRule? Parse(string? text) => text switch
    {
        null => None,
        Master or Number => new(text, []),
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
        if (ReadsIdentifier)
            return user.Identifier is { } number ? Hash(keys, number.ExposeUtf8()) : null;
        var id = user.Id.ExposeUtf8();
        var at = text.StartsWith("after", StringComparison.Ordinal) ? id.LastIndexOf(separator) : id.IndexOf(separator);
        var part = at < 0 ? default : text.StartsWith("after", StringComparison.Ordinal) ? id[(at + separator.Length)..] : id[..at];
        return part.IsEmpty || PlaceholderId.Is(part) ? null : Hash(keys, part);
    }

    public override string ToString() => text ?? "none";

    private static Pseudonym Hash(DistrictKeyRing keys, ReadOnlySpan<byte> identifier) =>
        keys.Pseudonyms.Of(IdentifierKind.RosterPerson, scope: [], identifier);
}
