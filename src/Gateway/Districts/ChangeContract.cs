using System.Globalization;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Districts;

/// <summary>Says when a district's contract ends (P-2.8). A later end takes a closing back, as long as the district's key is there.</summary>
internal sealed class ChangeContract(GatewayDatabase database, AuditTrail audit)
{
    /// <param name="district">The district.</param>
    /// <param name="end">The contract's last day; null: open.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The district as it is now; <c>district.closed</c> once its key is destroyed.</returns>
    public Task<Outcome<District>> RunAsync(District district, DateOnly? end, CancellationToken cancellation) => database.InDistrictAsync<Outcome<District>>(district.Id, async session =>
    {
        if (!await session.Model.DistrictKeys.AnyAsync(cancellation))
            return new Failure("district.closed", "The district's key is destroyed and the rest is being deleted: its contract cannot be changed any more.");
        var row = await session.Model.Districts.SingleAsync(known => known.Id == session.District, cancellation);
        var before = row.ContractEnd;
        if (before == end)
            return row;
        row.ContractEnd = end;
        await session.Model.SaveChangesAsync(cancellation);
        await audit.AppendAsync(session, AuditEntry.ByOperator("district.contract_changed", ("before", Text(before)), ("end", Text(end))), cancellation);
        return row;
    }, cancellation);

    private static string Text(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture) ?? "open";
}
