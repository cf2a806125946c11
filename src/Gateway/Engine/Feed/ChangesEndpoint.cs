using Gateway.Engine.Api;
using Gateway.Hosting;
using Gateway.Identity;

namespace Gateway.Engine.Feed;

/// <summary><c>GET …/changes?after=</c>: what changed since, at once or as soon as something does.</summary>
internal static class ChangesEndpoint
{
    public static async Task<IResult> HandleAsync(string district, HttpContext http, RosterReader reader, FeedWatch watch, PublicAddress address)
    {
        var request = ChangesRequest.Read(http.Request.Query);
        if (!request.Succeeded)
            return RosterAnswers.Problem(request.Failures);

        var client = EngineApi.ClientIdOf(http.User);
        var part = await ReadAsync(request.Value);
        if (part is { Succeeded: true, Value: { Page.Data.Count: 0, District: var number, Position: var position } }
            && await watch.WaitAsync(number, position, request.Value.Wait, http.RequestAborted))
        {
            // From where the wait began: what came meanwhile is not before latest.
            part = await ReadAsync(request.Value with { After = part.Value.Page.Cursor });
        }

        if (part.Succeeded)
            return new TaggedJson<ChangePage>(part.Value.Page, EngineJson.Default.ChangePage);
        return part.Failures[0] == ChangeFailures.CursorExpired
            ? Problems.Of(part.Failures, StatusCodes.Status410Gone, ("resync", $"{address.Url}{http.Request.Path}?after={ChangesRequest.Latest}"))
            : RosterAnswers.Problem(part.Failures);

        async Task<Outcome<FeedPart>> ReadAsync(ChangesRequest asked)
        {
            var read = await AskAsync(view => ReadChanges.Plan(view, asked));
            if (read is not { Succeeded: true, Value.Large: { } large })
                return read;
            // Once for a large transaction: the cursors of its parts know how large it is.
            var counted = await AskAsync<FeedCursor>(view => ReadChanges.PlanLarge(view, large));
            return counted.Succeeded
                ? await AskAsync<FeedPart>(view => ReadChanges.Plan(view, counted.Value, asked.Limit))
                : Outcome<FeedPart>.Failed(counted.Failures);
        }

        Task<Outcome<T>> AskAsync<T>(Func<EngineView, Outcome<RosterQuery<T>>> plan) =>
            reader.ReadAsync(client, district, wanted: null, plan, http.RequestAborted);
    }
}
