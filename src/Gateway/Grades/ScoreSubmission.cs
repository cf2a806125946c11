using System.ComponentModel.DataAnnotations;

namespace Gateway.Grades;

/// <summary>A score as an engine sends it to <c>POST /api/v1/scores</c>.</summary>
/// <param name="ScoreTicket">The <c>score_ticket</c> of the id_token.</param>
/// <param name="ScoreGiven">Points, 0 or more.</param>
/// <param name="ScoreMaximum">Points to be had, above 0.</param>
/// <param name="ActivityProgress">AGS 3.4.7; default Completed.</param>
/// <param name="GradingProgress">AGS 3.4.8; default FullyGraded.</param>
/// <param name="Timestamp">When the score came about (RFC 3339); default now. The newest score of a learner and column wins by it.</param>
internal sealed record ScoreSubmission(
    [property: Required] string? ScoreTicket, [property: Required] decimal? ScoreGiven, [property: Required] decimal? ScoreMaximum, string? ActivityProgress, string? GradingProgress, DateTimeOffset? Timestamp)
{
    /// <summary>Nothing of a score belongs in a log.</summary>
    public override string ToString() => nameof(ScoreSubmission);
}

/// <summary>How a score stands.</summary>
/// <param name="Id">The delivery's id.</param>
/// <param name="State"><c>pending</c>, <c>delivered</c>, <c>parked</c> or <c>superseded</c>.</param>
/// <param name="Code">Why it is parked or superseded, or was not delivered yet; a stable code.</param>
/// <param name="AcceptedAt">When the gateway took it.</param>
/// <param name="FinishedAt">When it was delivered, parked or superseded.</param>
/// <param name="PlatformStatus">The HTTP status of the platform's last refusal.</param>
/// <param name="PlatformReason">What the platform said, in the gateway's words, where it is known.</param>
internal sealed record ScoreStatus(
    Guid Id, string State, string? Code, DateTimeOffset AcceptedAt, DateTimeOffset? FinishedAt, int? PlatformStatus = null, string? PlatformReason = null);
