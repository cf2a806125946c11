namespace Gateway.Engine;

/// <summary>What this feature says in the log: codes, counts and client ids of registered engines only.</summary>
internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Warning, "Could not look where change feeds stand: {Code}.")]
    public static partial void WatchFailed(this ILogger log, string code);

    [LoggerMessage(6002, LogLevel.Information, "District {District} changed what it gives to {Client}: version {Version}.")]
    public static partial void MappingChanged(this ILogger log, int district, string client, int version);
}
