using Microsoft.Extensions.Logging;

namespace Lti.Launches;

/// <summary>What this feature logs: codes, phases and the host's own keys.</summary>
internal static partial class LaunchLog
{
    [LoggerMessage(1, LogLevel.Information, "Launch refused: {Code} in {Phase}, registration {RegistrationId}")]
    public static partial void Refused(ILogger logger, string code, LaunchPhase phase, string? registrationId);
}
