using System.Security.Claims;
using Gateway.Hosting;
using Gateway.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Grades;

/// <summary><c>POST /api/v1/scores</c>: takes a score for the platform's gradebook; 202 with its state.</summary>
internal static class PostScoreEndpoint
{
    public const string IdempotencyHeader = "Idempotency-Key";

    public static async Task<IResult> HandleAsync(
        [FromHeader(Name = IdempotencyHeader)] string? idempotencyKey, HttpRequest request, ClaimsPrincipal user, ScoreSubmission score, AcceptScore scores, CancellationToken cancellation)
    {
        var accepted = await scores.RunAsync(EngineApi.ClientIdOf(user), idempotencyKey, score, cancellation);
        if (accepted.Succeeded)
            return Results.Accepted(request.PathBase.Add($"/api/v1/scores/{accepted.Value.Id}"), accepted.Value);
        return Problems.Of(accepted.Failures, accepted.Failures[0].Code switch
        {
            "score.idempotency_conflict" => StatusCodes.Status409Conflict,
            "score.ticket_expired" or "score.learner_gone" => StatusCodes.Status410Gone,
            _ => StatusCodes.Status422UnprocessableEntity,
        });
    }
}
