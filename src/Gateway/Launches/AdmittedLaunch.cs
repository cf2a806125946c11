using Gateway.Identity;
using Gateway.Storage.Model;

namespace Gateway.Launches;

/// <summary>A recorded launch, ready to be handed to the engine.</summary>
internal sealed record AdmittedLaunch(
    Guid LaunchId, District District, PlatformRegistration Platform, RegisteredEngine Engine, long LearnerId, string Role, DateTimeOffset At);
