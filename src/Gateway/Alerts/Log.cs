namespace Gateway.Alerts;

/// <summary>What alerts write into the log: numbers and codes.</summary>
internal static partial class Log
{
    [LoggerMessage(3013, LogLevel.Information, "Alert {Alert} of district {District}: {State} {Code}")]
    public static partial void AlertTried(ILogger logger, long alert, int district, string state, string? code);

    [LoggerMessage(3016, LogLevel.Warning, "An incident of district {District}: {Kind}, {Count} in one go")]
    public static partial void IncidentSeen(ILogger logger, int district, string kind, int count);

    [LoggerMessage(3017, LogLevel.Error, "An incident of district {District} could not be written down: {Kind} ({Error})")]
    public static partial void IncidentNotWritten(ILogger logger, int district, string kind, string error);
}
