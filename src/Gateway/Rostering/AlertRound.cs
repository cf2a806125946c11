using Gateway.Alerts;
using Gateway.Mail;
using Gateway.Rostering.Schedules;
using Gateway.Storage;

namespace Gateway.Rostering;

/// <summary>
/// Looks over all districts once and sends what is due: runs that wait, districts without a success, the week. What it looks at
/// is in the database, so it does not matter which replica does it, nor how a run came to its end.
/// </summary>
internal sealed class AlertRound(
    GatewayDatabase database, RosterAlerts alerts, AlertOutbox outbox, Mailer mailer, TimeProvider time, ILogger<AlertRound> logger)
{
    private int saidThatThereIsNoMail;

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!mailer.IsConfigured && Interlocked.Exchange(ref saidThatThereIsNoMail, 1) == 0)
            Log.MailNotConfigured(logger);
        foreach (var outlook in await OutlooksAsync(cancellation))
        {
            try
            {
                await LookAsync(outlook, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // What is wrong with one district keeps no other from being told.
                Log.DistrictNotTold(logger, outlook.District, e.GetType().Name);
            }
        }

        await outbox.SendDueAsync(cancellation);
    }

    private async Task LookAsync(Outlook outlook, CancellationToken cancellation)
    {
        foreach (var run in outlook.Waiting)
            await alerts.WaitingAsync(outlook.District, run, cancellation);
        if (outlook.ContractEnd < LocalTime.DayAt(TimeZoneInfo.FindSystemTimeZoneById(outlook.TimeZone), time.GetUtcNow()))
            return;
        await alerts.OverdueAsync(outlook.District, outlook.ConnectedAt, outlook.LastSuccess, cancellation);
        await alerts.DigestAsync(outlook.District, outlook.ConnectedAt, cancellation);
    }

    private async Task<List<Outlook>> OutlooksAsync(CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand(
            "select district_id, time_zone, contract_end, connected_at, last_success, waiting from gateway.roster_outlook()");
        var outlooks = new List<Outlook>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            outlooks.Add(new Outlook(
                reader.GetInt32(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateOnly>(2),
                reader.GetFieldValue<DateTimeOffset>(3), reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4), reader.GetFieldValue<long[]>(5)));
        return outlooks;
    }

    private sealed record Outlook(
        int District, string TimeZone, DateOnly? ContractEnd, DateTimeOffset ConnectedAt, DateTimeOffset? LastSuccess, long[] Waiting);
}
