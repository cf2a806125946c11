using Gateway.Privacy.Rights;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Privacy;

/// <summary>
/// Who may not come in (P-3.5): later launches of these pseudonyms are refused, roster rows of them are not stored. The database itself
/// lets no such pseudonym become a learner's.
/// </summary>
internal sealed class BlockedPeople(GatewayDatabase database, FindPerson find, AuditTrail trail)
{
    /// <summary>The SQLSTATE with which the database refuses a pseudonym that is blocked.</summary>
    public const string Refused = "GB001";

    /// <summary>Lets a person in again; what was erased stays erased.</summary>
    /// <returns>How many pseudonyms there were; <c>person.not_blocked</c> when there was none.</returns>
    public async Task<Outcome<int>> UnblockAsync(District district, PersonId person, CancellationToken cancellation)
    {
        var hashes = await find.HashAsync(district.Id, person, cancellation);
        if (!hashes.Succeeded)
            return Outcome<int>.Failed(hashes.Failures);
        var values = hashes.Value.Select(hash => hash.Hash).ToList();
        return await database.InDistrictAsync<Outcome<int>>(district.Id, async session =>
        {
            var blocks = await session.Model.BlockedPeople.Where(row => row.DistrictId == district.Id && values.Contains(row.Hash)).Select(row => row.BlockId).ToListAsync(cancellation);
            var gone = await session.Model.BlockedPeople.Where(row => row.DistrictId == district.Id && blocks.Contains(row.BlockId)).ExecuteDeleteAsync(cancellation);
            if (gone == 0)
                return new Failure("person.not_blocked", "A person with this id is not blocked.");
            // The next roster is compared, though it has not changed: the person may be on it.
            await using (var forget = session.Command("update gateway.roster_run set digest = null, position = null where district_id = @district and digest is not null"))
            {
                forget.Parameters.AddWithValue("district", district.Id);
                await forget.ExecuteNonQueryAsync(cancellation);
            }

            await trail.AppendAsync(session, AuditEntry.ByOperator("person.unblocked"), cancellation);
            return gone;
        }, cancellation);
    }

    /// <summary>Blocks the entered id and everything else that leads to the same learner.</summary>
    internal static async Task AddAsync(DistrictSession session, FoundPerson person, DateTimeOffset now, CancellationToken cancellation)
    {
        var known = person.Learner is { } learner
            ? await session.Model.LearnerIdentities.AsNoTracking().Where(i => i.LearnerId == learner).Select(i => new PersonHash(i.Kind, i.Hash, i.KeyVersion)).ToListAsync(cancellation)
            : [];
        var block = Guid.CreateVersion7(now);
        foreach (var hash in known.Concat(person.Hashes).DistinctBy(hash => (hash.Kind, hash.Hash)))
        {
            await using var insert = session.Command("""
                insert into gateway.blocked_person (district_id, kind, hash, key_version, block_id, blocked_at)
                values (@district, @kind, @hash, @version, @block, @now) on conflict do nothing
                """);
            insert.Parameters.AddWithValue("district", session.District);
            insert.Parameters.AddWithValue("kind", hash.Kind);
            insert.Parameters.AddWithValue("hash", hash.Hash);
            insert.Parameters.AddWithValue("version", hash.KeyVersion);
            insert.Parameters.AddWithValue("block", block);
            insert.Parameters.AddWithValue("now", now);
            await insert.ExecuteNonQueryAsync(cancellation);
        }
    }
}
