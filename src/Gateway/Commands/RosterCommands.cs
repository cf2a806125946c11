using System.CommandLine;
using System.Text;
using Gateway.Rostering;
using OneRoster.Model;
using OneRoster.Rest;

namespace Gateway.Commands;

/// <summary><c>roster …</c>: where a roster comes from; its runs are in <see cref="RosterRunCommands"/></summary>
internal static class RosterCommands
{
    public static Command Create() => new("roster", "Districts' rosters.")
    {
        Connect(), RosterRunCommands.Sync(), RosterRunCommands.Import(), RosterRunCommands.Approve(), ValidateCommand.Validate(), RosterRunCommands.Runs(), RosterSettingsCommands.Settings(),
        RosterRunningCommands.Schedule(), RosterRunningCommands.Pause(), RosterRunningCommands.Resume(), RosterRunningCommands.Alerts(), RosterPeopleCommands.People(),
    };

    private static Command Connect()
    {
        var version = new Option<string>("--version") { Description = "1.1 or 1.2; default: what the server is found to speak.", HelpName = "1.1|1.2" };
        var baseUrl = new Option<string>("--base-url") { Description = "The OneRoster server; its host is enough.", HelpName = "URL" };
        var tokenUrl = new Option<string>("--token-url") { Description = "Its OAuth 2 token endpoint.", HelpName = "URL" };
        var client = new Option<string>("--client-id") { Description = "The client id, or the consumer key.", HelpName = "ID" };
        var secret = new Option<string>("--secret-file") { Description = "A file with the client secret, the consumer secret or the token.", HelpName = "FILE" };
        var auth = new Option<string>("--auth") { Description = "How the server knows the gateway; default: oauth2.", HelpName = "oauth2|oauth1-sha256|oauth1-sha1|bearer" };
        var scope = new Option<string>("--scope") { Description = "The OAuth 2 scope; default: the least that suffices.", HelpName = "SCOPE|none" };
        var delta = new Option<bool>("--delta") { Description = "Ask for changes only, and for everything once a week." };
        var caFile = new Option<string>("--ca-file") { Description = "Certificates (PEM) of the authority that vouches for the server, beside those that this machine trusts.", HelpName = "FILE" };
        var noProbe = new Option<bool>("--no-probe") { Description = "Store the address as it is, without asking the server." };
        var folder = new Option<string>("--csv-folder") { Description = "A folder where OneRoster CSV archives are dropped.", HelpName = "DIR" };
        var sftp = new Option<string>("--sftp") { Description = "An SFTP server's folder or archive.", HelpName = "sftp://USER@HOST:PORT/PATH" };
        var keyFile = new Option<string>("--key-file") { Description = "A file with the private key for it, without a passphrase.", HelpName = "FILE" };
        var hostKey = new Option<string>("--host-key") { Description = "The public key that the SFTP server has to show.", HelpName = "\"ssh-ed25519 AAAA…\"" };
        var schedule = new Option<string>("--schedule") { Description = "Quartz cron expression in the district's time zone; default: one of the night hours.", HelpName = "CRON" };
        return new Command("connect", "Say where a district's roster comes from, and when.") { DistrictCommands.District, version, baseUrl, tokenUrl, client, secret, auth, scope, caFile, delta, noProbe, folder, sftp, keyFile, hostKey, schedule }
            .RunsForDistrict(async (invocation, district) =>
            {
                var parsed = invocation.Parsed;
                var read = await SecretFile.ReadAsync(parsed.GetValue(parsed.GetValue(sftp) is null ? secret : keyFile), invocation.Cancellation);
                if (!read.Succeeded)
                    return invocation.Output.Failed(read.Failures);
                var authorities = await SecretFile.ReadAsync(parsed.GetValue(caFile), invocation.Cancellation);
                if (!authorities.Succeeded)
                    return invocation.Output.Failed([new("roster.ca_file_unreadable", "The file of --ca-file cannot be read.")]);
                var connected = await invocation.Get<RosterConnections>().ConnectAsync(new RosterConnectCommand(district.Id)
                {
                    Version = parsed.GetValue(version),
                    BaseUrl = parsed.GetValue(baseUrl),
                    TokenUrl = parsed.GetValue(tokenUrl),
                    ClientId = parsed.GetValue(client),
                    Secret = read.Value is { } text ? Encoding.UTF8.GetBytes(text) : null,
                    Auth = parsed.GetValue(auth),
                    Scope = parsed.GetValue(scope),
                    CaCertificates = authorities.Value,
                    Delta = parsed.GetValue(delta),
                    Probe = !parsed.GetValue(noProbe),
                    CsvFolder = parsed.GetValue(folder),
                    SftpAddress = parsed.GetValue(sftp),
                    SftpHostKey = parsed.GetValue(hostKey),
                    Schedule = parsed.GetValue(schedule),
                }, invocation.Cancellation);
                return connected.Connected
                    ? invocation.Output.Done(
                        new { district = district.Slug, connected.Schedule, found = Shape(connected.Found) },
                        [
                            .. Describe(connected.Found),
                            $"Roster of {district.Slug} connected; schedule {connected.Schedule} ({district.TimeZone}). Now: `roster sync {district.Slug}`.",
                        ])
                    : invocation.Output.Failed([.. connected.Problems.Select(p => new Failure(p.Code, p.Text))]);
            });
    }

    private static object? Shape(RosterServerFacts? found) => found is null
        ? null
        : new { baseUrl = found.BaseUrl, version = VersionOf(found), found.SendsCounts, found.SendsLinks, found.HonoursFields, found.AcceptsSort, found.SecretInForm, found.ScopeInQuery };

    private static IEnumerable<string> Describe(RosterServerFacts? found)
    {
        if (found is null)
            yield break;
        yield return $"Found OneRoster {VersionOf(found)} at {found.BaseUrl}.";
        if (!found.SendsCounts)
            yield return "It sends no X-Total-Count: each page is asked from the last row of the page before, to notice changes.";
        if (found.SecretInForm)
            yield return "Its token URL takes the client secret in the form, not by Basic.";
        if (found.ScopeInQuery)
            yield return "Its token URL takes the scope in the query, not in the form.";
        if (!found.HonoursFields)
            yield return "It sends more fields than it is asked for: they are skipped unread.";
        if (!found.AcceptsSort)
            yield return "It does not sort: a run fails when the rows come in another order from page to page.";
    }

    private static string VersionOf(RosterServerFacts found) => found.Version == OneRosterVersion.V1P1 ? "1.1" : "1.2";
}
