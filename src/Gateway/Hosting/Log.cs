namespace Gateway.Hosting;

/// <summary>What this feature says in the log: references, types and places in the code.</summary>
internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Error, "Unexpected error (support reference {Reference}): {Type}\n{Trace}")]
    public static partial void UnexpectedError(this ILogger log, string reference, string type, string? trace);
}
