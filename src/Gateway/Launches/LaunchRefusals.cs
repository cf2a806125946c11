using Lti.Launches;

namespace Gateway.Launches;

/// <summary>The gateway's own reasons to refuse a launch that is valid LTI.</summary>
internal static class LaunchRefusals
{
    public static readonly LaunchRefusal ControlCharacter = LaunchRefusal.ByHost(
        "launch.control_character",
        "The link was damaged when it reached us.",
        "Open the link again from the site where your class is. If this page comes back, show it to your teacher.",
        "A parameter of the login initiation or of the launch holds a control character (U+0000 to U+001F, U+007F): look at the tool's URLs and custom parameters in the platform, which may have been pasted with a line end.");

    public static readonly LaunchRefusal TooMany = LaunchRefusal.ByHost(
        "launch.too_many_requests",
        "Too many people are opening activities at this moment.",
        "Wait a minute, then open the link again from the site where your class is.",
        "One address, or one registration, opened more than it may in a minute: Gateway__RateLimits__LaunchesPerAddress, LaunchesPerRegistration; behind a proxy Gateway__TrustedProxies must name it.");

    public static readonly LaunchRefusal GuestNotGraded = LaunchRefusal.ByHost(
        "launch.guest_not_graded",
        "This work is graded, so we need to know whose it is.",
        "Sign in to the site where your class is, then open the link again. If that does not help, show this page to your teacher.",
        "The launch is anonymous (no sub) and has a line item: guests are let in only where nothing is graded; raise the tool's privacy level in the platform, or remove the gradebook column from the link.");

    public static readonly LaunchRefusal ReviewNotYours = LaunchRefusal.ByHost(
        "launch.review_not_yours",
        "This is somebody else's work, and only their teacher can look at it.",
        "Open your own work from the site where your class is.",
        "LtiSubmissionReviewRequest whose for_user is not sub, by somebody whose roles have no Instructor in this course, or Learner as well.");

    public static readonly LaunchRefusal ContractEnded = LaunchRefusal.ByHost(
        "launch.contract_ended",
        "Your school does not use this site any more.",
        "Ask your teacher where to practise now.",
        "The district's contract is over: nothing new is taken in, what is there can be exported for 30 days and is deleted then; see `gateway district contract`.");

    public static readonly LaunchRefusal DistrictClosed = LaunchRefusal.ByHost(
        "launch.district_closed",
        "Your school does not use this site any more.",
        "Ask your teacher where to practise now.",
        "The district's key has been destroyed: what was stored can no longer be linked, and nothing new is stored.");

    public static readonly LaunchRefusal PersonBlocked = LaunchRefusal.ByHost(
        "launch.person_blocked",
        "Your school has asked us not to let you in here.",
        "Ask your teacher, or a grown-up at home, why that is. Only your school can change it.",
        "The person objected, or somebody objected for them: their pseudonym is blocked, and nothing of the launch is stored. `privacy unblock` ends it.");

    public static readonly LaunchRefusal EngineUnavailable = LaunchRefusal.ByHost(
        "launch.engine_unavailable",
        "The practice site is not set up for your school yet.",
        "Show this page to your teacher. If you are the teacher, send its code to the people who look after your school's computers.",
        "No engine is registered, several are and the district names none, or its data agreement is missing: see `gateway client list`.");
}
