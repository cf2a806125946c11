using Microsoft.Extensions.Logging;

namespace Lti.Security;

/// <summary>What this feature logs: hosts out of registrations, codes and counts.</summary>
internal static partial class SecurityLog
{
    [LoggerMessage(1, LogLevel.Information, "Fetched {Count} keys from {Host}")]
    public static partial void KeysFetched(ILogger logger, string host, int count);

    [LoggerMessage(2, LogLevel.Warning, "Keys not fetched from {Host}: {Code}; {Kept} earlier keys stay in use")]
    public static partial void KeysNotFetched(ILogger logger, string host, string code, int kept);

    [LoggerMessage(3, LogLevel.Warning, "No access token from {Host}: {Code}")]
    public static partial void TokenNotGranted(ILogger logger, string host, string code);
}
