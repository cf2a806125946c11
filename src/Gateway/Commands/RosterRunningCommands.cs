using System.CommandLine;
using System.Globalization;
using Gateway.Districts;
using Gateway.Mail;
using Gateway.Rostering;

namespace Gateway.Commands;

/// <summary><c>roster schedule|pause|resume|alerts</c>: when a district's roster runs, and who is told.</summary>
internal static class RosterRunningCommands
{
    public static Command Schedule()
    {
        var cron = new Option<string>("--cron") { Description = "Quartz cron expression in the district's time zone.", HelpName = "CRON" };
        var until = new Option<TimeOnly?>("--retry-until") { Description = "Until when a source that does not answer is tried again (HH:mm); default 07:00.", HelpName = "TIME" };
        return new Command("schedule", "When the roster runs; with options, change it.") { DistrictCommands.District, cron, until }.RunsForDistrict(async (invocation, district) =>
        {
            var set = await invocation.Get<RosterTimetable>().SetAsync(
                district.Id, invocation.Parsed.GetValue(cron), invocation.Parsed.GetValue(until), invocation.Cancellation);
            return set.Succeeded
                ? invocation.Output.Done(ShapeOf(set.Value)!, LinesOf(set.Value, district.TimeZone))
                : invocation.Output.Failed(set.Failures);
        });
    }

    public static Command Pause()
    {
        var from = new Option<DateOnly>("--from") { Description = "The first day (yyyy-MM-dd).", Required = true, HelpName = "DATE" };
        var to = new Option<DateOnly>("--to") { Description = "The last day.", Required = true, HelpName = "DATE" };
        var reason = new Option<string>("--reason") { Description = "summer or rollover.", HelpName = "summer|rollover", DefaultValueFactory = _ => "summer" };
        reason.AcceptOnlyFromAmong([.. RosterPauses.Reasons]);
        return new Command("pause", "Days on which scheduled runs only add: they change and end nothing.") { DistrictCommands.District, from, to, reason }.RunsForDistrict(async (invocation, district) =>
        {
            var parsed = invocation.Parsed;
            var added = await invocation.Get<RosterPauses>().AddAsync(
                district.Id, parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(reason)!, invocation.Cancellation);
            return added.Succeeded
                ? invocation.Output.Done(
                    new { added.Value.FirstDay, added.Value.LastDay, added.Value.Reason },
                    $"From {added.Value.FirstDay:yyyy-MM-dd} to {added.Value.LastDay:yyyy-MM-dd} scheduled runs of {district.Slug} only add: they change and end nothing. `roster resume {district.Slug}` ends it before.")
                : invocation.Output.Failed(added.Failures);
        });
    }

    public static Command Resume() => new Command("resume", "End the pause of today and those to come.") { DistrictCommands.District }.RunsForDistrict(async (invocation, district) =>
    {
        var ended = await invocation.Get<RosterPauses>().ResumeAsync(district.Id, invocation.Cancellation);
        return invocation.Output.Done(new { ended }, ended == 0 ? $"{district.Slug} is not paused." : $"Scheduled runs of {district.Slug} end what is gone again, from the next one on.");
    });

    public static Command Alerts() => new Command("alerts", "What a district's administrator was told, and whether it went.") { DistrictCommands.District }.RunsForDistrict(async (invocation, district) =>
    {
        var contact = await invocation.Get<DistrictContacts>().FindAsync(district.Id, invocation.Cancellation);
        var configured = invocation.Get<Mailer>().IsConfigured;
        var alerts = await invocation.Get<RosterAlerts>().ListAsync(district.Id, 20, invocation.Cancellation);
        return invocation.Output.Done(
            new
            {
                contact = contact?.Masked,
                mailConfigured = configured,
                alerts = alerts.Select(a => new { a.Id, a.Kind, a.Subject, a.State, a.Code, a.Attempts, a.CreatedAt, a.FinishedAt }),
            },
            [
                $"contact {contact?.Masked ?? "none: `district contact`"}, mail server {(configured ? "configured" : "not configured: Gateway__Smtp__Host")}",
                .. alerts.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Id,5} {a.CreatedAt:yyyy-MM-dd HH:mm:ss}Z {a.Kind,-8} {a.State,-8} {a.Code} {a.Subject}")),
            ]);
    });

    /// <summary>When a roster runs, for <c>--json</c>; null for a district without one.</summary>
    public static object? ShapeOf(RosterTimes? times) => times is null ? null : new
    {
        times.Schedule,
        times.RetryUntil,
        times.NextAt,
        retry = times.Retry is { } retry ? new { retry.Code, retry.Attempts, retry.BeganAt, retry.NextAt } : null,
        pauses = times.Pauses.Select(pause => new { pause.FirstDay, pause.LastDay, pause.Reason }),
    };

    /// <summary>The same for a person.</summary>
    public static IEnumerable<string> LinesOf(RosterTimes? times, string zone) => times is null ? ["no roster source: `roster connect`"] :
    [
        string.Create(CultureInfo.InvariantCulture, $"schedule {times.Schedule} ({zone}), next at {times.NextAt:yyyy-MM-dd HH:mm}Z, tried again until {times.RetryUntil:HH:mm}"),
        .. times.Retry is { } retry
            ? [string.Create(CultureInfo.InvariantCulture, $"failed with {retry.Code}, {retry.Attempts} times since {retry.BeganAt:yyyy-MM-dd HH:mm}Z; next try at {retry.NextAt:yyyy-MM-dd HH:mm}Z")]
            : Array.Empty<string>(),
        .. times.Pauses.Select(pause => string.Create(
            CultureInfo.InvariantCulture, $"paused from {pause.FirstDay:yyyy-MM-dd} to {pause.LastDay:yyyy-MM-dd} ({pause.Reason}): additions only")),
    ];
}
