namespace Gateway.Rostering;

/// <summary>What rostering writes into the log: numbers and codes.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Roster run {Run} of district {District} began (dry run: {DryRun})")]
    public static partial void RunBegan(ILogger logger, long run, int district, bool dryRun);

    [LoggerMessage(3002, LogLevel.Information, "Roster run {Run} of district {District}: {Phase}")]
    public static partial void PhaseBegan(ILogger logger, long run, int district, string phase);

    [LoggerMessage(3003, LogLevel.Information, "Roster run {Run} of district {District} ended {State}: {Rows} rows read, {Changes} changes, {Findings} findings")]
    public static partial void RunEnded(ILogger logger, long run, int district, RosterRunState state, long rows, long changes, long findings);

    [LoggerMessage(3004, LogLevel.Warning, "Roster run {Run} of district {District} failed: {Code}")]
    public static partial void RunFailed(ILogger logger, long run, int district, string code);

    [LoggerMessage(3005, LogLevel.Warning, "The roster of district {District} is being read already; this run is refused")]
    public static partial void RunRefused(ILogger logger, int district);

    [LoggerMessage(3006, LogLevel.Error, "The end of roster run {Run} of district {District} could not be written ({Code}); the next run will mark it")]
    public static partial void EndNotWritten(ILogger logger, long run, int district, string code);

    [LoggerMessage(3007, LogLevel.Information, "The roster source of district {District} was set ({Binding})")]
    public static partial void SourceConnected(ILogger logger, int district, string binding);

    [LoggerMessage(3008, LogLevel.Error, "The roster job of district {District} broke: {Kind}")]
    public static partial void JobBroke(ILogger logger, int district, string kind);

    [LoggerMessage(3009, LogLevel.Warning, "The roster of district {District} failed ({Code}) and is tried again at {Next:O}")]
    public static partial void TryingAgain(ILogger logger, int district, string code, DateTimeOffset next);

    [LoggerMessage(3010, LogLevel.Warning, "The roster of district {District} failed ({Code}) and is not tried again before its next schedule")]
    public static partial void GivenUp(ILogger logger, int district, string code);

    [LoggerMessage(3011, LogLevel.Information, "A new archive of district {District} has stopped growing; its run is asked for")]
    public static partial void ArchiveAppeared(ILogger logger, int district);

    [LoggerMessage(3012, LogLevel.Information, "Alerts are kept and not sent: no mail server is configured (Gateway__Smtp__Host)")]
    public static partial void MailNotConfigured(ILogger logger);

    [LoggerMessage(3015, LogLevel.Error, "How district {District} stands could not be told ({Kind})")]
    public static partial void DistrictNotTold(ILogger logger, int district, string kind);

    [LoggerMessage(3014, LogLevel.Error, "The folder of district {District} could not be looked into ({Kind})")]
    public static partial void FolderNotSeen(ILogger logger, int district, string kind);
}
