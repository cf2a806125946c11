using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Privacy.Rights;

/// <summary>From an id that a district's administrator enters to what is held: hashed as launches and rosters hash it.</summary>
internal sealed class FindPerson(GatewayDatabase database, DistrictKeys keys)
{
    private const short Subject = 1;
    private const short SisPersonKind = 2;

    public async Task<Outcome<IReadOnlyList<PersonHash>>> HashAsync(int district, PersonId person, CancellationToken cancellation)
    {
        if (await keys.FindAsync(district, cancellation) is not { } ring)
            return new Failure("district.key_destroyed", "The district's key is destroyed: what was stored leads to nobody any more.");
        if (person.Platform is not { } platform)
            return Versions(ring).Select(version => new PersonHash(SisPersonKind, version.OfSisPerson(person.Id).Value, version.Version)).ToArray();
        var space = await database.InDistrictAsync(
            district, session => session.Model.Registrations.Where(r => r.Id == platform).Select(r => r.Namespace).SingleOrDefaultAsync(cancellation), cancellation);
        return space is null
            ? new Failure("platform.unknown", "This district has no platform of that number: `platform list` shows those there are.")
            : Versions(ring).Select(version => new PersonHash(Subject, version.OfSubject(space, person.Id).Value, version.Version)).ToArray();
    }

    /// <summary>In the sight of the district; whoever goes on to change the learner does so in the same transaction.</summary>
    public static async Task<FoundPerson> FindAsync(DistrictSession session, IReadOnlyList<PersonHash> hashes, CancellationToken cancellation)
    {
        var values = hashes.Select(hash => hash.Hash).ToList();
        var kind = hashes[0].Kind;
        var learner = await session.Model.LearnerIdentities.Where(i => i.DistrictId == session.District && i.Kind == kind && values.Contains(i.Hash))
            .Select(i => (long?)i.LearnerId).FirstOrDefaultAsync(cancellation);
        return new FoundPerson(hashes, learner);
    }

    // Whoever has not come since a key was replaced is known under an older version.
    private static IEnumerable<DistrictKeyRing> Versions(DistrictKeyRing ring) => [ring, .. ring.Others];
}
