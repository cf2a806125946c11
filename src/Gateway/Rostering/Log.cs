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
}
