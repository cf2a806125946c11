using Gateway.Engine.Api;
using Gateway.Hosting;

namespace Gateway.Engine.Feed;

/// <summary>The address of the change feed, and what the API's description says of it.</summary>
internal static class FeedRoutes
{
    private const string Cursor = "YSBtYWRlIHVwIGN1cnNvcg";

    public static void Map(RouteGroupBuilder districts) => districts.MapGet("{district}/changes", ChangesEndpoint.HandleAsync)
        .WithTags("Changes").WithName("listChanges")
        .WithSummary("What changed after a cursor, each change once; transactions in commit order")
        .WithDescription(
            "A cursor is good for 30 days; later the answer is 410, and its member resync is the address to begin anew with. "
            + "A change says what to fetch again: a learner, a class, a school; of an enrollment the learner's classes.")
        .WithMetadata(
            new DescribedParameter("after", "The cursor of the last answer, or latest: the feed's present end.", Cursor) { Required = true },
            new DescribedParameter("limit", "Changes at most; 1000 unless said.", PageRequest.LargestLimit) { Range = (1, PageRequest.LargestLimit) },
            new DescribedParameter("wait", "Seconds to wait for a change while there is none.", ChangesRequest.LongestWait) { Range = (0, ChangesRequest.LongestWait) })
        .Produces<ChangePage>().Produces(StatusCodes.Status304NotModified)
        .Shows(200, $$"""
            {"data":[{"id":"{{Cursor}}","entity":"enrollment","kind":"added","learner":"dGhpcyBpcyBtYWRlIHVwIQ","class":"YW5vdGhlciBtYWRlIHVwIQ","at":"2026-11-22T03:10:00Z"}],"cursor":"{{Cursor}}","more":false}
            """)
        .Refuses(400, ChangeFailures.CursorMissing, ChangeFailures.CursorInvalid, ChangeFailures.WaitInvalid, ApiFailures.LimitInvalid)
        .Refuses(404, ApiFailures.DistrictUnknown)
        .Refuses(410, ChangeFailures.CursorExpired)
        .Refuses(503, ApiFailures.MappingChanging);
}
