namespace Gateway.Launches;

/// <summary>What this feature says in the log: codes and references.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "Refused a launch: {Code} (support reference {Reference}).")]
    public static partial void LaunchRefused(this ILogger log, string code, string reference);
}
