namespace Gateway.Platforms;

/// <summary>What this feature says in the log: row numbers, codes and references.</summary>
internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Information, "Refused a registration: {Code} (support reference {Reference}).")]
    public static partial void RegistrationRefused(this ILogger log, string code, string reference);

    [LoggerMessage(1102, LogLevel.Information, "A platform registered itself: registration {Registration} of district {District} waits for approval.")]
    public static partial void PlatformRegistered(this ILogger log, int registration, int district);

    [LoggerMessage(1103, LogLevel.Warning, "What launches showed of platforms' clocks could not be written ({Code}).")]
    public static partial void ClocksNotWritten(this ILogger log, string code);
}
