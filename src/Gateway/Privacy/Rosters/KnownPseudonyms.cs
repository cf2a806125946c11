using OneRoster.Model;

namespace Gateway.Privacy.Rosters;

/// <summary>
/// The pseudonyms made lately, in constant memory. Rosters repeat themselves: an enrollment names a school and a class that thousands
/// name, and mostly the person of the row before, so most hashes would be made again. It lives as long as one reading. Not thread-safe.
/// </summary>
internal sealed class KnownPseudonyms(DistrictKeyRing keys)
{
    private const int Places = 1 << 17;
    private readonly Place[] places = new Place[Places];

    public Pseudonym Of(IdentifierKind kind, SourcedId id)
    {
        ref var place = ref places[(id.GetHashCode() ^ (int)kind) & (Places - 1)];
        if (place.Kind != kind || place.Id != id)
            place = new(kind, id, Make(kind, id));
        return place.Pseudonym;
    }

    /// <summary>What was made under other versions of the district's key too; whoever takes it down clears it.</summary>
    public List<Rekeyed> Rekeyed { get; } = [];

    private Pseudonym Make(IdentifierKind kind, SourcedId id)
    {
        var pseudonym = Make(keys, kind, id);
        foreach (var other in keys.Others)
            Rekeyed.Add(new(kind, Make(other, kind, id), pseudonym));
        return pseudonym;
    }

    private static Pseudonym Make(DistrictKeyRing ring, IdentifierKind kind, SourcedId id) => kind == IdentifierKind.SisPerson
        ? SisPerson.Of(ring, id.ExposeUtf8())
        : ring.Pseudonyms.Of(kind, scope: [], id.ExposeUtf8());

    private readonly record struct Place(IdentifierKind Kind, SourcedId Id, Pseudonym Pseudonym);
}
