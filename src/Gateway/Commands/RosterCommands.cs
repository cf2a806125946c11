using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Rostering;

namespace Gateway.Commands;

/// <summary><c>roster connect|sync|import|runs|schedule|pause|resume|alerts</c></summary>
internal static class RosterCommands
{
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Read, check and compare; change nothing." };

    public static Command Create() => new("roster", "Districts' rosters.")
    {
        Connect(), Sync(), Import(), Runs(),
        RosterRunningCommands.Schedule(), RosterRunningCommands.Pause(), RosterRunningCommands.Resume(), RosterRunningCommands.Alerts(),
    };

    private static Command Connect()
    {
        var version = new Option<string>("--version") { Description = "1.1 or 1.2.", HelpName = "1.1|1.2" };
        var baseUrl = new Option<string>("--base-url") { Description = "The OneRoster server.", HelpName = "URL" };
        var tokenUrl = new Option<string>("--token-url") { Description = "Its OAuth 2 token endpoint.", HelpName = "URL" };
        var client = new Option<string>("--client-id") { HelpName = "ID" };
        var secret = new Option<string>("--secret-file") { Description = "A file with the client secret.", HelpName = "FILE" };
        var folder = new Option<string>("--csv-folder") { Description = "A folder where OneRoster CSV archives are dropped.", HelpName = "DIR" };
        var sftp = new Option<string>("--sftp") { Description = "An SFTP server's folder or archive.", HelpName = "sftp://USER@HOST:PORT/PATH" };
        var keyFile = new Option<string>("--key-file") { Description = "A file with the private key for it, without a passphrase.", HelpName = "FILE" };
        var hostKey = new Option<string>("--host-key") { Description = "The public key that the SFTP server has to show.", HelpName = "\"ssh-ed25519 AAAA…\"" };
        var schedule = new Option<string>("--schedule") { Description = "Quartz cron expression in the district's time zone; default: one of the night hours.", HelpName = "CRON" };
        return new Command("connect", "Say where a district's roster comes from, and when.") { DistrictCommands.District, version, baseUrl, tokenUrl, client, secret, folder, sftp, keyFile, hostKey, schedule }
            .RunsForDistrict(async (invocation, district) =>
            {
                var parsed = invocation.Parsed;
                var read = await SecretFile.ReadAsync(parsed.GetValue(secret) ?? parsed.GetValue(keyFile), invocation.Cancellation);
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
                    SftpAddress = parsed.GetValue(sftp),
                    SftpHostKey = parsed.GetValue(hostKey),
                    Schedule = parsed.GetValue(schedule),
                }, invocation.Cancellation);
                return connected.Connected
                    ? invocation.Output.Done(new { district = district.Slug, connected.Schedule }, $"Roster of {district.Slug} connected; schedule {connected.Schedule} ({district.TimeZone}). Now: `roster sync {district.Slug}`.")
                    : invocation.Output.Failed([.. connected.Problems.Select(p => new Failure(p.Code, p.Text))]);
            });
    }

    private static Command Sync()
    {
        var queue = new Option<bool>("--queue") { Description = "Have a gateway that serves run it, and do not wait." };
        var command = new Command("sync", "Pull a district's roster now.") { DistrictCommands.District, DryRun, queue };
        command.Validators.Add(given =>
        {
            if (given.GetValue(queue) && given.GetValue(DryRun))
                given.AddError("--queue and --dry-run do not go together: what is asked for is applied.");
        });
        return command.RunsForDistrict(async (invocation, district) =>
        {
            if (!invocation.Parsed.GetValue(queue))
                return Report(invocation, await invocation.Get<RosterSync>().RunAsync(district.Id, RosterTrigger.Command, invocation.Parsed.GetValue(DryRun), invocation.Cancellation));
            return await invocation.Get<IRosterSchedules>().RunNowAsync(district.Id, invocation.Cancellation)
                ? invocation.Output.Done(new { queued = true }, $"Asked for: a gateway that serves runs it within seconds. See `roster runs {district.Slug}`.")
                : invocation.Output.Failed([RosterMessages.Failure(RosterCodes.NotConnected)]);
        });
    }

    private static Command Import()
    {
        var path = new Argument<string>("path") { Description = "A OneRoster CSV archive, or a folder with its files.", HelpName = "ZIP|DIR" };
        return new Command("import", "Take a district's roster from CSV files.") { DistrictCommands.District, path, DryRun }.RunsForDistrict(async (invocation, district) =>
            Report(invocation, await invocation.Get<RosterImport>().RunAsync(district.Id, invocation.Parsed.GetValue(path)!, invocation.Parsed.GetValue(DryRun), invocation.Cancellation)));
    }

    private static Command Runs() => new Command("runs", "The latest runs of a district.") { DistrictCommands.District }.RunsForDistrict(async (invocation, district) =>
    {
        var runs = await invocation.Get<RosterRuns>().ListAsync(district.Id, 20, invocation.Cancellation);
        return invocation.Output.Done(
            runs.Select(r => new
            {
                r.Run.Id,
                r.Run.Trigger,
                r.Run.DryRun,
                r.Run.State,
                r.Run.Phase,
                r.Run.Code,
                r.Run.StartedAt,
                r.Run.FinishedAt,
                rows = JsonSerializer.Deserialize<JsonElement>(r.Run.Rows),
                changes = JsonSerializer.Deserialize<JsonElement>(r.Run.Changes),
                findings = r.Findings.Select(f => new { f.Rule, f.Severity, f.Collection, f.Field, f.FirstLine, f.Count }),
            }),
            runs.Select(r => string.Create(CultureInfo.InvariantCulture,
                $"{r.Run.Id,5} {r.Run.StartedAt:yyyy-MM-dd HH:mm:ss}Z {r.Run.Trigger,-8} {r.Run.State,-8} {r.Run.Code} rows {r.Run.Rows} changes {r.Run.Changes} findings {r.Findings.Sum(f => f.Count)}")));
    });

    private static int Report(Invocation invocation, RosterRunOutcome run)
    {
        var result = new { run.RunId, run.State, run.Code, run.Rows, run.Changes, run.Findings };
        string[] lines =
        [
            $"rows read: {string.Join(", ", run.Rows.Select(r => $"{r.Key} {r.Value}"))}",
            $"changes{(run.State == RosterRunState.Checked ? " (not applied)" : "")}: {(run.Changes.Count == 0 ? "none" : string.Join(", ", run.Changes.Select(c => $"{c.Entity} {c.Kind} {c.Count}")))}",
            .. run.Findings.Select(f => $"{f.Severity} {f.Rule}: {f.Collection} {f.Field} {(f.FirstLine is { } line ? $"first at line {line}, " : "")}{f.Count} rows"),
        ];
        return run.State == RosterRunState.Failed
            ? invocation.Output.Failed([run.Failure!], result, lines)
            : invocation.Output.Done(result, lines);
    }
}
