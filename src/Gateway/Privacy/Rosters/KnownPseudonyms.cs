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

    private Pseudonym Make(IdentifierKind kind, SourcedId id) => kind == IdentifierKind.SisPerson
        ? SisPerson.Of(keys, id.ExposeUtf8())
        : keys.Pseudonyms.Of(kind, scope: [], id.ExposeUtf8());

    private readonly record struct Place(IdentifierKind Kind, SourcedId Id, Pseudonym Pseudonym);
}
