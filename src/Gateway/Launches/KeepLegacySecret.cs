using System.Globalization;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Launches;

/// <summary>Puts on file what a platform and the tool shared under LTI 1.1, so that links of then keep their learners (L-1.11).</summary>
internal sealed class KeepLegacySecret(GatewayDatabase database, LegacySecrets secrets, AuditTrail trail, TimeProvider time)
{
    public async Task<Outcome<LegacyConsumer>> RunAsync(int district, int registration, string consumerKey, string secret, CancellationToken cancellation)
    {
        var failures = Check(consumerKey, secret);
        if (failures.Count > 0)
            return Outcome<LegacyConsumer>.Failed(failures);
        return await database.InDistrictAsync<Outcome<LegacyConsumer>>(district, async session =>
        {
            if (!await session.Model.Registrations.AnyAsync(r => r.Id == registration, cancellation))
                return new Failure("platform.unknown", "This district has no platform of that number: `platform list` shows those there are.");
            var row = await session.Model.LegacyConsumers.FindAsync([registration, consumerKey], cancellation);
            if (row is null)
            {
                row = new LegacyConsumer { DistrictId = district, RegistrationId = registration, ConsumerKey = consumerKey, SealedSecret = [] };
                session.Model.LegacyConsumers.Add(row);
            }

            row.SealedSecret = secrets.Seal(registration, consumerKey, secret);
            row.CreatedAt = time.GetUtcNow();
            await session.Model.SaveChangesAsync(cancellation);
            await trail.AppendAsync(session, AuditEntry.ByOperator("platform.legacy_secret_set", ("platform", registration.ToString(CultureInfo.InvariantCulture))), cancellation);
            return row;
        }, cancellation);
    }

    private static List<Failure> Check(string consumerKey, string secret)
    {
        var failures = new List<Failure>();
        if (consumerKey.Length is 0 || System.Text.Encoding.UTF8.GetByteCount(consumerKey) > 255)
            failures.Add(new("platform.consumer_key_invalid", "The consumer key is the 1 to 255 characters of the LTI 1.1 link."));
        if (secret.Length is 0 or > 1024)
            failures.Add(new("platform.legacy_secret_invalid", "The shared secret is the 1 to 1,024 characters of the LTI 1.1 link."));
        return failures;
    }
}
