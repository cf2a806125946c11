using Gateway.Identity;
using Gateway.Storage.Model;

namespace Gateway.Launches;

/// <summary>A recorded launch, ready to be handed to the engine; a guest has no learner.</summary>
internal sealed record AdmittedLaunch(
    Guid LaunchId, District District, PlatformRegistration Platform, RegisteredEngine Engine, string MessageType, RecordedLaunch Recorded, string Role,
    DateTimeOffset At);
