using System.Globalization;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>Says where a platform's line items are (T-6): it has moved to another host, or the next launch is to say it.</summary>
internal sealed class SetLineItemOrigin(GatewayDatabase database, LineItemOrigins origins, RegistrationDirectory directory, AuditTrail trail)
{
    private static readonly Failure Invalid = new("platform.line_items_invalid", "Give scheme and host of the platform's line items, such as https://lms.example.org; https, unless Gateway__AllowPrivateNetworks is set.");

    /// <param name="district">Whose platform it is.</param>
    /// <param name="id">The platform's number.</param>
    /// <param name="address">The origin, or an address there; null: the next launch that has one is believed.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The origin in force.</returns>
    public async Task<Outcome<string?>> RunAsync(int district, int id, string? address, CancellationToken cancellation)
    {
        var origin = address is null ? null : origins.Of(address);
        if (address is not null && origin is null)
            return Invalid;
        var changed = await database.InDistrictAsync(district, async session =>
        {
            var rows = await session.Model.Registrations.Where(r => r.Id == id).ExecuteUpdateAsync(r => r.SetProperty(one => one.LineItemOrigin, origin), cancellation);
            if (rows > 0)
                await trail.AppendAsync(session, AuditEntry.ByOperator(
                    origin is null ? "platform.line_items_forgotten" : "platform.line_items_set", ("platform", id.ToString(CultureInfo.InvariantCulture))), cancellation);
            return rows;
        }, cancellation);
        if (changed == 0)
            return PlatformFailures.Unknown;
        directory.Forget(id);
        return origin;
    }
}
