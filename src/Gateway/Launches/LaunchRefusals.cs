using Lti.Launches;

namespace Gateway.Launches;

/// <summary>The gateway's own reasons to refuse a launch that is valid LTI.</summary>
internal static class LaunchRefusals
{
    public static readonly LaunchRefusal MessageNotOffered = LaunchRefusal.ByHost(
        "launch.message_not_offered",
        "This kind of link cannot be opened here yet.",
        "Open the activity itself from your course instead.",
        "The platform sent a deep linking or submission review message; this gateway takes resource link launches.");

    public static readonly LaunchRefusal GuestNotGraded = LaunchRefusal.ByHost(
        "launch.guest_not_graded",
        "G.",
        "G.",
        "G.");

    public static readonly LaunchRefusal ReviewNotYours = LaunchRefusal.ByHost(
        "launch.review_not_yours",
        "R.",
        "R.",
        "R.");

    public static readonly LaunchRefusal DistrictClosed = LaunchRefusal.ByHost(
        "launch.district_closed",
        "Your school's access has ended.",
        "Ask your teacher or school where to practise now.",
        "The district's key has been destroyed: its data can no longer be linked.");

    public static readonly LaunchRefusal EngineUnavailable = LaunchRefusal.ByHost(
        "launch.engine_unavailable",
        "The practice site is not set up for your school.",
        "Tell your teacher; trying again will not help.",
        "No engine is registered, several are and the district names none, or its data agreement is missing: see `gateway client list`.");
}
