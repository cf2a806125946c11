using Gateway.Privacy.Rights;
using Gateway.Storage;
using Gateway.Storage.Model;

namespace Gateway.Privacy;

/// <summary>The number of the learner that an id leads to, for the person who decides about a conflict. The entered id is not stored.</summary>
internal sealed class FindLearner(GatewayDatabase database, FindPerson find, AuditTrail trail)
{
    /// <returns>Fails with <c>person.unknown</c> where the id leads to nobody.</returns>
    public async Task<Outcome<long>> RunAsync(District district, PersonId person, CancellationToken cancellation)
    {
        var hashes = await find.HashAsync(district.Id, person, cancellation);
        if (!hashes.Succeeded)
            return Outcome<long>.Failed(hashes.Failures);
        return await database.InDistrictAsync<Outcome<long>>(district.Id, async session =>
        {
            await trail.AppendAsync(session, AuditEntry.ByOperator("person.looked_up"), cancellation);
            return (await FindPerson.FindAsync(session, hashes.Value, cancellation)).Learner is { } learner ? learner : AccessPerson.Unknown;
        }, cancellation);
    }
}
