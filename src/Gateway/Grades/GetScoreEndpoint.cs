using System.Security.Claims;
using Gateway.Hosting;
using Gateway.Identity;

namespace Gateway.Grades;

/// <summary><c>GET /api/v1/scores/{id}</c>: how a score of this engine stands.</summary>
internal static class GetScoreEndpoint
{
    public static async Task<IResult> HandleAsync(Guid id, ClaimsPrincipal user, ScoreStatuses scores, CancellationToken cancellation) =>
        await scores.FindAsync(EngineApi.ClientIdOf(user), id, cancellation) is { } status
            ? Results.Ok(status)
            : Problems.Of([new("score.unknown", "There is no score of this id from this engine.")], StatusCodes.Status404NotFound);
}
