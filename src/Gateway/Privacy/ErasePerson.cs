using System.Globalization;
using Gateway.Privacy.Rights;
using Gateway.Storage;
using Gateway.Storage.Model;

namespace Gateway.Privacy;

/// <summary>What became of an erasure.</summary>
/// <param name="Erasure">Its number; null when nothing was held and the person was only blocked.</param>
/// <param name="Counts">How many rows of which table went.</param>
/// <param name="Certificate">The certificate's number.</param>
internal sealed record ErasedPerson(Guid? Erasure, IReadOnlyDictionary<string, long> Counts, Guid? Certificate);

/// <summary>
/// Erases a person (P-3.3): learner, links, launches and pending scores in one transaction, with the event to the engines, the
/// certificate and the audit entry: all of it or nothing. Whoever comes back by a launch or on a roster is a new learner, unless blocked.
/// </summary>
internal sealed class ErasePerson(GatewayDatabase database, FindPerson find, Certificates certificates, AuditTrail trail, TimeProvider time)
{
    public const string Request = "request";
    public const string Objection = "objection";

    /// <param name="district">The district.</param>
    /// <param name="person">Who.</param>
    /// <param name="block">Also keeps the person out from now on (P-3.5), whether or not anything is held.</param>
    /// <param name="reason"><see cref="Request"/> or <see cref="Objection"/>.</param>
    /// <param name="cancellation">Stops the work; then nothing is done.</param>
    public async Task<Outcome<ErasedPerson>> RunAsync(District district, PersonId person, bool block, string reason, CancellationToken cancellation)
    {
        if (reason is not (Request or Objection))
            return new Failure("person.reason_unknown", "--reason must be request or objection.");
        var hashes = await find.HashAsync(district.Id, person, cancellation);
        if (!hashes.Succeeded)
            return Outcome<ErasedPerson>.Failed(hashes.Failures);
        await certificates.PrepareAsync(cancellation);
        return await database.InDistrictAsync<Outcome<ErasedPerson>>(district.Id, async session =>
        {
            // A launch of the same person comes before this or after it.
            await session.HoldLearnersAsync(cancellation);
            var found = await FindPerson.FindAsync(session, hashes.Value, cancellation);
            if (found.Learner is null && !block)
                return AccessPerson.Unknown;
            if (block)
                await BlockedPeople.AddAsync(session, found, time.GetUtcNow(), cancellation);
            var erased = found.Learner is { } learner ? await EraseAsync(session, district, learner, reason, cancellation) : new ErasedPerson(null, new Dictionary<string, long>(), null);
            if (block)
                await trail.AppendAsync(session, AuditEntry.ByOperator("person.blocked"), cancellation);
            return erased;
        }, cancellation);
    }

    private async Task<ErasedPerson> EraseAsync(DistrictSession session, District district, long learner, string reason, CancellationToken cancellation)
    {
        var (id, now, counts) = (Guid.CreateVersion7(time.GetUtcNow()), time.GetUtcNow(), new SortedDictionary<string, long>(StringComparer.Ordinal));
        await using (var erase = session.Command("select kind, gone from gateway.erase_learner(@learner, @id, @reason, @now)"))
        {
            erase.Parameters.AddWithValue("learner", learner);
            erase.Parameters.AddWithValue("id", id);
            erase.Parameters.AddWithValue("reason", reason);
            erase.Parameters.AddWithValue("now", now);
            await using var reader = await erase.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                counts[reader.GetString(0)] = reader.GetInt64(1);
        }

        var certificate = await certificates.IssueAsync(session, CertificateContent.OfErasure(district, id, reason, now, counts, []), cancellation);
        await trail.AppendAsync(session, new AuditEntry(AuditEntry.Operator, "person.erased", new Dictionary<string, string>(
            counts.Select(count => KeyValuePair.Create(count.Key, count.Value.ToString(CultureInfo.InvariantCulture))))
        {
            ["erasure"] = id.ToString(),
            ["reason"] = reason,
        }), cancellation);
        return new ErasedPerson(id, counts, certificate.Id);
    }
}
