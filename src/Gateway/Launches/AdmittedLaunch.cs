using Gateway.Engine;
using Gateway.Identity;
using Gateway.Privacy;
using Gateway.Storage.Model;

namespace Gateway.Launches;

/// <summary>A recorded launch, ready to be handed to the engine; a guest has no learner.</summary>
internal sealed record AdmittedLaunch(
    Guid LaunchId, District District, PlatformRegistration Platform, RegisteredEngine Engine, string MessageType, RecordedLaunch Recorded, string Role,
    FieldMapping Mapping, DateTimeOffset At)
{
    /// <summary>The role as the engine is told it; null where the district does not give it.</summary>
    public string? ToldRole => Mapping.Gives(SharedField.Role) ? Mapping.WordForRole(Role) : null;
}
