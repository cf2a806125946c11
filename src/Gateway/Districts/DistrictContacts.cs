using System.Globalization;
using System.Text;
using Gateway.Mail;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Gateway.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Districts;

/// <summary>Where each district's administrator is told of its rosters. The address rests sealed and goes with the district.</summary>
internal sealed class DistrictContacts(GatewayDatabase database, Sealer sealer, AuditTrail trail, TimeProvider time)
{
    private const string Purpose = "district contact";

    /// <summary>Sets the address in place of the one before.</summary>
    public async Task<Outcome<EmailAddress>> SetAsync(int district, string text, CancellationToken cancellation)
    {
        if (EmailAddress.Parse(text) is not { } address)
            return new Failure("district.email_invalid", "--email must be one plain address, such as it@district.example.org, in ASCII.");
        var contact = new DistrictContact
        {
            DistrictId = district,
            SealedAddress = sealer.Seal(Purpose, Encoding.ASCII.GetBytes(address.Value), ContextOf(district)),
            CreatedAt = time.GetUtcNow(),
        };
        await database.InDistrictAsync(district, async session =>
        {
            await session.Model.DistrictContacts.Where(known => known.DistrictId == district).ExecuteDeleteAsync(cancellation);
            session.Model.DistrictContacts.Add(contact);
            await session.Model.SaveChangesAsync(cancellation);
            await trail.AppendAsync(session, AuditEntry.ByOperator("district.contact_set"), cancellation);
        }, cancellation);
        return address;
    }

    public Task RemoveAsync(int district, CancellationToken cancellation) => database.InDistrictAsync(district, async session =>
    {
        if (await session.Model.DistrictContacts.Where(known => known.DistrictId == district).ExecuteDeleteAsync(cancellation) > 0)
            await trail.AppendAsync(session, AuditEntry.ByOperator("district.contact_removed"), cancellation);
    }, cancellation);

    /// <summary>Null where nobody is told.</summary>
    public async Task<EmailAddress?> FindAsync(int district, CancellationToken cancellation)
    {
        var contact = await database.InDistrictAsync(
            district, session => session.Model.DistrictContacts.AsNoTracking().SingleOrDefaultAsync(known => known.DistrictId == district, cancellation), cancellation);
        return contact is null ? null : EmailAddress.Parse(Encoding.ASCII.GetString(sealer.Open(Purpose, contact.SealedAddress, ContextOf(district))));
    }

    private static string ContextOf(int district) => district.ToString(CultureInfo.InvariantCulture);
}
