using Gateway.Engine.Api;
using Gateway.Identity;

namespace Gateway.Engine.Erasures;

/// <summary><c>POST …/erasures/{id}/acknowledgement</c></summary>
internal static class AcknowledgeErasure
{
    public static async Task<IResult> HandleAsync(string district, Guid id, HttpContext http, ErasureAccess access, Privacy.Erasures erasures, CancellationToken cancellation)
    {
        var client = EngineApi.ClientIdOf(http.User);
        if (await access.DistrictAsync(client, district, cancellation) is not { } number)
            return RosterAnswers.Problem([ApiFailures.DistrictUnknown]);
        return await erasures.AcknowledgeAsync(number, client, id, cancellation) is { } at
            ? Results.Json(new ErasureConfirmation(id, at), EngineJson.Default.ErasureConfirmation)
            : RosterAnswers.Problem([ErasureRoutes.Unknown]);
    }
}
