using System.CommandLine;
using System.Text;
using Gateway.Rostering;

namespace Gateway.Commands;

/// <summary><c>roster …</c>: where a roster comes from; its runs are in <see cref="RosterRunCommands"/></summary>
internal static class RosterCommands
{
    public static Command Create() => new("roster", "Districts' rosters.")
    {
        Connect(), RosterRunCommands.Sync(), RosterRunCommands.Import(), RosterRunCommands.Approve(), RosterRunCommands.Runs(), RosterSettingsCommands.Create(),
    };

    private static Command Connect()
    {
        var version = new Option<string>("--version") { Description = "1.1 or 1.2.", HelpName = "1.1|1.2" };
        var baseUrl = new Option<string>("--base-url") { Description = "The OneRoster server.", HelpName = "URL" };
        var tokenUrl = new Option<string>("--token-url") { Description = "Its OAuth 2 token endpoint.", HelpName = "URL" };
        var client = new Option<string>("--client-id") { HelpName = "ID" };
        var secret = new Option<string>("--secret-file") { Description = "A file with the client secret.", HelpName = "FILE" };
        var folder = new Option<string>("--csv-folder") { Description = "A folder where OneRoster CSV archives are dropped.", HelpName = "DIR" };
        var schedule = new Option<string>("--schedule") { Description = "Quartz cron expression in the district's time zone; default: one of the night hours.", HelpName = "CRON" };
        return new Command("connect", "Say where a district's roster comes from, and when.") { DistrictCommands.District, version, baseUrl, tokenUrl, client, secret, folder, schedule }
            .RunsForDistrict(async (invocation, district) =>
            {
                var parsed = invocation.Parsed;
                var read = await SecretFile.ReadAsync(parsed.GetValue(secret), invocation.Cancellation);
                if (!read.Succeeded)
                    return invocation.Output.Failed(read.Failures);
                var connected = await invocation.Get<RosterConnections>().ConnectAsync(new RosterConnectCommand(district.Id)
                {
                    Version = parsed.GetValue(version),
                    BaseUrl = parsed.GetValue(baseUrl),
                    TokenUrl = parsed.GetValue(tokenUrl),
                    ClientId = parsed.GetValue(client),
                    Secret = read.Value is { } text ? Encoding.UTF8.GetBytes(text) : null,
                    CsvFolder = parsed.GetValue(folder),
                    Schedule = parsed.GetValue(schedule),
                }, invocation.Cancellation);
                return connected.Connected
                    ? invocation.Output.Done(new { district = district.Slug, connected.Schedule }, $"Roster of {district.Slug} connected; schedule {connected.Schedule} ({district.TimeZone}). Now: `roster sync {district.Slug}`.")
                    : invocation.Output.Failed([.. connected.Problems.Select(p => new Failure(p.Code, p.Text))]);
            });
    }
}
