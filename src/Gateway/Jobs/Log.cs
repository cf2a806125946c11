namespace Gateway.Jobs;

/// <summary>What the jobs write into the log.</summary>
internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Error, "Deleting what has expired broke: {Kind}")]
    public static partial void PurgeBroke(ILogger logger, string kind);

    [LoggerMessage(3102, LogLevel.Error, "Tending the signing keys broke: {Kind}")]
    public static partial void KeyRotationBroke(ILogger logger, string kind);

    [LoggerMessage(3103, LogLevel.Error, "Looking into the folders broke: {Kind}")]
    public static partial void WatchBroke(ILogger logger, string kind);

    [LoggerMessage(3104, LogLevel.Error, "The round of alerts broke: {Kind}")]
    public static partial void AlertsBroke(ILogger logger, string kind);

    [LoggerMessage(3106, LogLevel.Error, "The retention clock broke: {Kind}")]
    public static partial void RetentionBroke(ILogger logger, string kind);

    [LoggerMessage(3105, LogLevel.Error, "Verifying the audit trail broke: {Kind}")]
    public static partial void AuditBroke(ILogger logger, string kind);
}
