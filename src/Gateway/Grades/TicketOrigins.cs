using Gateway.Launches;
using Gateway.Storage;

namespace Gateway.Grades;

/// <summary>
/// Whether a score may be sent where its ticket says (T-6). Asked before each delivery, also for tickets from before origins were learned:
/// the first of those teaches its platform's, as its launch would have done.
/// </summary>
internal sealed class TicketOrigins(GatewayDatabase database, LineItemOrigins lineItems, RegistrationNotes notes, TimeProvider time)
{
    public async Task<bool> AdmitsAsync(PlatformRegistration platform, string lineItem, CancellationToken cancellation)
    {
        var known = platform.LineItemOrigin ?? await LearnAsync(platform, lineItem, cancellation);
        if (lineItems.Admits(known, lineItem))
            return true;
        await notes.LineItemElsewhereAsync(platform, cancellation);
        return false;
    }

    // The ticket was sealed by this gateway, with what a launch of this registration said.
    private async Task<string?> LearnAsync(PlatformRegistration platform, string lineItem, CancellationToken cancellation)
    {
        if (lineItems.Of(lineItem) is not { } origin)
            return null;
        var learned = await database.InDistrictAsync(platform.District, async session =>
        {
            await using var learn = session.Command("select line_item_origin from gateway.learn_of_platform(@registration, null, @origin, @now)");
            learn.Parameters.AddWithValue("registration", platform.Number);
            learn.Parameters.AddWithValue("origin", origin);
            learn.Parameters.AddWithValue("now", time.GetUtcNow());
            return (string?)await learn.ExecuteScalarAsync(cancellation);
        }, cancellation);
        await notes.LearnedAsync(platform, deployment: false, lineItemOrigin: learned == origin, cancellation);
        return learned;
    }
}
