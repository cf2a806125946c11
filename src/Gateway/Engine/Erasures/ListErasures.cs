using Gateway.Engine.Api;
using Gateway.Identity;
using Gateway.Privacy;

namespace Gateway.Engine.Erasures;

/// <summary><c>GET …/erasures</c></summary>
internal static class ListErasures
{
    private const int Most = 1000;

    public static async Task<IResult> HandleAsync(string district, HttpContext http, ErasureAccess access, EngineClients engines, Privacy.Erasures erasures, CancellationToken cancellation)
    {
        var client = EngineApi.ClientIdOf(http.User);
        if (await access.DistrictAsync(client, district, cancellation) is not { } number || await engines.FindAsync(client, cancellation) is not { } engine)
            return RosterAnswers.Problem([ApiFailures.DistrictUnknown]);
        var open = await erasures.OpenAsync(number, client, Most, cancellation);
        var ids = engine.Ids.Begin();
        return Results.Json(
            new ErasureList([.. open.Select(one => new ErasureResource(one.Id, ids.Add(EngineIdKind.Learner, number, one.Learner), one.ErasedAt))]),
            EngineJson.Default.ErasureList);
    }
}
