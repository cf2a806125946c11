namespace Gateway.Platforms;

/// <summary>Failures that several of the room's operations share.</summary>
internal static class PlatformFailures
{
    public static readonly Failure Unknown = new("platform.unknown", "The district has no platform of that number: `platform list` shows those it has.");

    public static readonly Failure ChangedMeanwhile = new("platform.changed_meanwhile", "The platform registered again in this moment: look at `platform list` and approve anew.");

    public static readonly Failure KindUnknown = new("platform.kind_unknown", $"The kind is one of {PlatformKinds.Names}.");
}
