using Lti.Messages;

namespace Gateway.Privacy;

/// <summary>
/// The right to send scores for one learner to one gradebook column (L-3.4). It holds the raw LMS user id, so it exists in the clear
/// only while it is sealed or a score is being sent.
/// </summary>
/// <param name="District">The district whose key seals it.</param>
/// <param name="LaunchId">The launch it came from; leads to the learner, also after two records became one.</param>
/// <param name="RegistrationId">The platform's registration.</param>
/// <param name="LineItemUrl">AGS line item (AGS 3.1).</param>
/// <param name="User">The learner's id at the platform.</param>
/// <param name="ExpiresAt">After this no score is taken.</param>
internal sealed record ScoreTicket(
    int District, Guid LaunchId, int RegistrationId, string LineItemUrl, OpaqueIdentifier User, DateTimeOffset ExpiresAt)
{
    /// <summary>Nothing of a ticket belongs in a log.</summary>
    public override string ToString() => nameof(ScoreTicket);
}
