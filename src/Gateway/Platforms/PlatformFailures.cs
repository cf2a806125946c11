namespace Gateway.Platforms;

/// <summary>Failures that several of the room's operations share.</summary>
internal static class PlatformFailures
{
    public static readonly Failure Unknown = new("platform.unknown", "The district has no platform of that number: `platform list` shows those it has.");

    public static readonly Failure ChangedMeanwhile = new("platform.changed_meanwhile", "The platform registered again in this moment: look at `platform list` and approve anew.");

    public static readonly Failure KindUnknown = new("platform.kind_unknown", $"The kind is one of {PlatformKinds.Names}.");

    public static readonly Failure DeploymentUnknown = new("platform.deployment_unknown", "The platform has no such deployment: `platform deployment … list` shows those that launch and those that wait.");

    public static readonly Failure AddressesUnconfirmed = new(
        "platform.addresses_unconfirmed",
        "An address of the platform is not on its issuer's site. Compare the hosts with what the platform's vendor documents; what the gateway signs is sent there. If they are right, say so with --confirm-addresses HOST, once for each host.");
}
