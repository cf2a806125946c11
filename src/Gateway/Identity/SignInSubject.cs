using Gateway.Privacy;

namespace Gateway.Identity;

/// <summary>The ids that a sign-in tells its engine, all the engine's own.</summary>
/// <param name="Subject">Of whoever launched; a guest's never comes again.</param>
/// <param name="Reviewed">Of the learner under review, where there is one and it is known.</param>
internal readonly record struct SignInSubject(string Subject, string? Reviewed)
{
    public static SignInSubject Of(EngineIds ids, SignInTicket ticket) => new(
        ticket.LearnerId is { } learner
            ? ids.Of(EngineIdKind.Learner, ticket.District, learner)
            : ids.OfGuest(ticket.District, ticket.LaunchId),
        ticket.ReviewedLearnerId is { } reviewed ? ids.Of(EngineIdKind.Learner, ticket.District, reviewed) : null);
}
