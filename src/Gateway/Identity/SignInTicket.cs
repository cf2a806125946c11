namespace Gateway.Identity;

/// <summary>
/// One verified launch on its way to one engine: what the id_token will say. It never rests anywhere; it rides, sealed, in the
/// <c>login_hint</c> of the hand-off.
/// </summary>
/// <param name="LaunchId">The launch's id: one launch yields at most one id_token.</param>
/// <param name="District">The district's number.</param>
/// <param name="DistrictSlug">The district as the engine knows it.</param>
/// <param name="LearnerId">The learner's row; the engine sees it only under its own key. Null for a guest.</param>
/// <param name="Role"><c>student</c> or <c>teacher</c>, in the engine's words; null where the district does not give it.</param>
/// <param name="ClientId">The engine that this ticket is for.</param>
/// <param name="MessageType">LTI message type, e.g. <c>LtiResourceLinkRequest</c>.</param>
/// <param name="ReviewedLearnerId">The row of the learner whose work is under review, where there is one and it is known.</param>
/// <param name="ResourceLinkId">LTI resource link id, where the message has one.</param>
/// <param name="ContextId">LTI context id, where the message has one.</param>
/// <param name="TargetLinkUri">Where the learner is to land, already at the engine's origin.</param>
/// <param name="ScoreTicket">The sealed right to send one score, where the platform offers a line item.</param>
/// <param name="LaunchedAt">When the platform signed the person in for us (to the millisecond); becomes <c>auth_time</c>.</param>
internal sealed record SignInTicket(
    Guid LaunchId,
    int District,
    string DistrictSlug,
    long? LearnerId,
    string? Role,
    string ClientId,
    string MessageType,
    long? ReviewedLearnerId,
    string? ResourceLinkId,
    string? ContextId,
    string? TargetLinkUri,
    string? ScoreTicket,
    DateTimeOffset LaunchedAt)
{
    /// <summary>Where the person's way back to the course leads: an address of the platform; null where it gives none.</summary>
    public string? ReturnUrl { get; init; }

    /// <summary>What the cookie of the browser that launched holds (<see cref="HandOffCookie"/>); null where it keeps no cookies.</summary>
    public Guid? Browser { get; init; }

    /// <summary>Nothing of a ticket belongs in a log.</summary>
    public override string ToString() => nameof(SignInTicket);
}
