namespace Gateway.Privacy.Retention;

/// <summary>What the retention clock writes into the log: numbers of districts and counts.</summary>
internal static partial class RetentionLog
{
    [LoggerMessage(7201, LogLevel.Information, "Retention: dry run {DryRun}, {Rows} records, {Closed} districts closed, {Failed} districts failed")]
    public static partial void Kept(ILogger logger, bool dryRun, long rows, int closed, int failed);

    [LoggerMessage(7202, LogLevel.Error, "Retention of district {District} broke: {Kind}")]
    public static partial void Broke(ILogger logger, int district, string kind);
}
