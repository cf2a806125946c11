using Gateway.Engine.Api;

namespace Gateway.Engine.Feed;

/// <summary>The address of the change feed, and what the API's description says of it.</summary>
internal static class FeedRoutes
{
    public static void Map(RouteGroupBuilder districts) => districts.MapGet("{district}/changes", ChangesEndpoint.HandleAsync)
        .WithTags("Changes").WithName("listChanges")
        .WithSummary("What changed after a cursor, each change once, in commit order")
        .WithDescription(
            "A cursor is good for 30 days; before that the answer is 410 with the code changes.cursor_expired, and resync says where to begin anew. "
            + "With wait the answer comes as soon as there is a change, or empty when the time is over.")
        .WithMetadata(new FollowsFeed())
        .Produces<ChangePage>().ProducesRefusals()
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status410Gone);
}

/// <summary>Endpoint metadata: it takes a cursor, a limit and a wait.</summary>
internal sealed record FollowsFeed;
