using Gateway.Rostering.Pickup;

namespace Gateway.Rostering;

/// <summary>Checks every field of a <see cref="RosterConnectCommand"/> and says all that is wrong, not the first thing.</summary>
internal static class RosterConnectRules
{
    public static IReadOnlyList<RosterConnectProblem> Check(RosterConnectCommand command, IRosterSchedules schedules, bool allowPlainHttp)
    {
        var problems = new List<RosterConnectProblem>();
        if (command.IsSftp)
            SftpConnectRules.Check(command, problems);
        else if (command.IsCsv)
            CheckCsv(command, problems);
        else
            CheckRest(command, allowPlainHttp, problems);

        if (command.Schedule is { } cron && !schedules.IsValid(cron))
            problems.Add(new("schedule", "roster.schedule_invalid", "--schedule must be a cron expression with seconds, such as '0 15 3 * * ?' for 03:15 every night."));
        return problems;
    }

    private static void CheckCsv(RosterConnectCommand command, List<RosterConnectProblem> problems)
    {
        if (!Path.IsPathFullyQualified(command.CsvFolder!))
            problems.Add(new("csvFolder", "roster.folder_relative", "--csv-folder must be a full path: the gateway and the command may run in different folders."));
        else if (!Directory.Exists(command.CsvFolder))
            problems.Add(new("csvFolder", RosterCodes.FolderMissing, "--csv-folder names a folder that does not exist."));
        if (command.Version is not (null or "1.1" or "1.2"))
            problems.Add(BadVersion());
        CheckRestOptions("csvFolder", command, problems);
        if (command.BaseUrl is not null || command.TokenUrl is not null || command.ClientId is not null || command.Secret is not null)
            problems.Add(new("csvFolder", "roster.two_sources", "A roster comes from --csv-folder or from --base-url, not from both."));
    }

    /// <summary>A file has none of a server's options.</summary>
    internal static void CheckRestOptions(string field, RosterConnectCommand command, List<RosterConnectProblem> problems)
    {
        if (command.Auth is not null || command.Scope is not null || command.Delta || command.CaCertificates is not null)
            problems.Add(new(field, "roster.rest_option", "--auth, --scope, --delta and --ca-file belong to a OneRoster server, not to files."));
    }

    private static void CheckRest(RosterConnectCommand command, bool allowPlainHttp, List<RosterConnectProblem> problems)
    {
        if (command.Version is null ? !command.Probe : command.Version is not ("1.1" or "1.2"))
            problems.Add(command.Version is null
                ? new("version", "roster.version_missing", "--version is required with --no-probe: nobody asks the server which one it speaks.")
                : BadVersion());
        if (command.CaCertificates is { } authorities && RosterAuthorities.Parse(authorities) is null)
            problems.Add(new("caFile", "roster.ca_file_invalid",
                "--ca-file must hold certificates in PEM, and among them the authority's own, or the server's if it is self-signed."));
        CheckUrl("baseUrl", "--base-url", command.BaseUrl, allowPlainHttp, problems);
        RosterAuthRules.Check(command, problems);
        if (command.TokenUrl is not null || RosterAuth.NeedsTokenUrl(command.Auth))
            CheckUrl("tokenUrl", "--token-url", command.TokenUrl, allowPlainHttp, problems);
        if (string.IsNullOrWhiteSpace(command.ClientId) && RosterAuth.NeedsClientId(command.Auth))
            problems.Add(new("clientId", "roster.client_id_missing", "--client-id is required with --base-url, except with --auth bearer."));
        if (command.Secret is not { Length: > 0 })
            problems.Add(new("secret", "roster.secret_missing", "--secret-file is required with --base-url and must not be empty."));
    }

    private static void CheckUrl(string field, string option, string? value, bool allowPlainHttp, List<RosterConnectProblem> problems)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
            problems.Add(new(field, "roster.url_invalid", $"{option} must be a full https URL."));
        else if (url.Scheme == Uri.UriSchemeHttp && !allowPlainHttp)
            problems.Add(new(field, "roster.url_not_https", $"{option} must be https: the client secret and the roster travel there."));
        else if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            problems.Add(new(field, "roster.url_extra", $"{option} must hold neither a password nor a fragment."));
    }

    private static RosterConnectProblem BadVersion() => new("version", "roster.version_invalid", "--version must be 1.1 or 1.2.");
}
