using Gateway.Engine;
using Gateway.Identity;
using Gateway.Privacy;
using Gateway.Storage.Model;

namespace Gateway.Launches;

/// <summary>A recorded launch, ready to be handed to the engine; a guest has no learner, nor has a person who neither learns nor teaches.</summary>
internal sealed record AdmittedLaunch(
    Guid LaunchId, District District, PlatformRegistration Platform, RegisteredEngine Engine, string MessageType, RecordedLaunch Recorded, CourseRole Role,
    FieldMapping Mapping, DateTimeOffset At)
{
    /// <summary>Where the platform's line items are; null: none has been learned.</summary>
    public string? LineItemOrigin => Platform.LineItemOrigin ?? Recorded.LineItemOrigin;

    /// <summary>The role as the engine is told it; null where there is none to tell, or the district does not give it.</summary>
    public string? ToldRole => Mapping.Gives(SharedField.Role) && Role.Word() is { } word ? Mapping.WordForRole(word) : null;
}
