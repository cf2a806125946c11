using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Privacy;

/// <summary>A version of a district's key, as it is shown.</summary>
/// <param name="Version">1, 2, …</param>
/// <param name="CreatedAt">Its age.</param>
/// <param name="ActiveFrom">From when on pseudonyms are made with it.</param>
/// <param name="Identities">How many pseudonyms of people were made with it.</param>
internal sealed record DistrictKeyVersion(short Version, DateTimeOffset CreatedAt, DateTimeOffset ActiveFrom, long Identities);

/// <summary>
/// Begins a new version of a district's key (P-1.2). Whoever is known under another version is moved to it by the next launch or the
/// next roster; a version that nothing hangs on any more is destroyed by the retention clock.
/// </summary>
internal sealed class RotateDistrictKey(GatewayDatabase database, DistrictKeys keys, AuditTrail trail, TimeProvider time)
{
    public Task<Outcome<DistrictKeyVersion>> RunAsync(int district, CancellationToken cancellation) => database.InDistrictAsync(district, async session =>
    {
        // One rotation at a time.
        await using (var hold = session.Command("select version from gateway.district_key where district_id = @district for update"))
        {
            hold.Parameters.AddWithValue("district", district);
            await hold.ExecuteNonQueryAsync(cancellation);
        }

        if (await session.Model.DistrictKeys.AsNoTracking().OrderByDescending(key => key.Version).FirstOrDefaultAsync(cancellation) is not { } newest)
            return (Outcome<DistrictKeyVersion>)new Failure("keys.destroyed", "The district's key was destroyed: its contract has ended.");
        if (newest.ActiveFrom > time.GetUtcNow())
            return new Failure("keys.rotating", "A new version of this district's key is about to be in force already: wait ten minutes.");

        var begun = keys.Begin(session, (short)(newest.Version + 1));
        await session.Model.SaveChangesAsync(cancellation);
        await trail.AppendAsync(session, AuditEntry.ByOperator("key.rotated", ("version", begun.Version.ToString(System.Globalization.CultureInfo.InvariantCulture))), cancellation);
        return (Outcome<DistrictKeyVersion>)new DistrictKeyVersion(begun.Version, begun.CreatedAt, begun.ActiveFrom, 0);
    }, cancellation);

    /// <summary>The district's versions, the newest first.</summary>
    public Task<List<DistrictKeyVersion>> ListAsync(int district, CancellationToken cancellation) => database.InDistrictAsync(district, session =>
        session.Model.DistrictKeys.AsNoTracking().OrderByDescending(key => key.Version)
            .Select(key => new DistrictKeyVersion(
                key.Version, key.CreatedAt, key.ActiveFrom, session.Model.LearnerIdentities.LongCount(identity => identity.KeyVersion == key.Version)))
            .ToListAsync(cancellation), cancellation);
}
