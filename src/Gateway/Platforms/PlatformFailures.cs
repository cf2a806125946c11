namespace Gateway.Platforms;

/// <summary>Failures that several of the room's operations share.</summary>
internal static class PlatformFailures
{
    public static readonly Failure Unknown = new("platform.unknown", "The district has no platform of that number: `platform list` shows those it has.");
}
