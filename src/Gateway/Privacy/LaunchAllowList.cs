using Lti.Messages;

namespace Gateway.Privacy;

/// <summary>
/// Every claim that is read from a launch besides the protocol's own (issuer, audience, times, nonce, deployment, message type).
/// Names, e-mail, picture and locale are on no list of this gateway: they are skipped while parsing.
/// </summary>
internal static class LaunchAllowList
{
    private const string Nobody = "nobody: it stays in the gateway";
    private const string Engine = "the practice engine";
    private const string Platform = "the platform it came from";
    private const string WithLearner = "with the learner (P-2.1, P-2.2)";
    private const string WithTicket = "with the sign-in ticket, after one minute (P-2.7)";
    private const string OnDelivery = "never at rest in the clear; sealed until the score is delivered (L-3.4)";

    public static IReadOnlyList<AllowedClaim> Claims { get; } =
    [
        new(LaunchClaim.Subject, "recognise a learner again; kept as a pseudonym", Nobody, WithLearner),
        new(LaunchClaim.Subject, "name the learner to the platform's own gradebook; inside the sealed score ticket", Platform, OnDelivery),
        new(LaunchClaim.SisPersonId, "meet the same learner in the roster; read where the registration chose no custom parameter for it; kept as a pseudonym", Nobody, WithLearner),
        new(LaunchClaim.CustomSisPersonId("person_sourcedid"),
            "meet the same learner in the roster; read in place of lis.person_sourcedid where the registration chose a custom parameter, this or one of another name; kept as a pseudonym",
            Nobody, WithLearner),
        new(LaunchClaim.LegacyUser, "keep the learner of a link that moved from LTI 1.1; kept as a pseudonym", Nobody, WithLearner),
        new(LaunchClaim.SubmissionUser, "tell the engine whose work is under review; compared as a pseudonym, not stored", Engine, WithTicket),
        new(LaunchClaim.Roles, "tell students from teachers", Engine, WithLearner),
        new(LaunchClaim.ContextId, "tell the engine which course the launch came from", Engine, WithTicket),
        new(LaunchClaim.ResourceLinkId, "tell the engine which link was clicked", Engine, WithTicket),
        new(LaunchClaim.Custom("path"), "open the page of the engine that the link is for", Engine, WithTicket),
        new(LaunchClaim.ReturnUrl, "offer the way back to the course; an address of the platform, without the session key that Moodle puts into it", Engine, WithTicket, Since: 2),
        new(LaunchClaim.GradeService, "send the score back to the right column; inside the sealed score ticket", Platform, OnDelivery),
    ];
}
