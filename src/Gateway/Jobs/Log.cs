namespace Gateway.Jobs;

/// <summary>What the jobs write into the log.</summary>
internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Error, "Deleting what has expired broke: {Kind}")]
    public static partial void PurgeBroke(ILogger logger, string kind);
}
