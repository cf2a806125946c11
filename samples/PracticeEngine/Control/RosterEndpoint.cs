using Samples.PracticeEngine.Roster;

namespace Samples.PracticeEngine.Control;

internal static class RosterEndpoint
{
    public static void Map(WebApplication app) => app.MapGet(
        "/roster-copy",
        (HttpContext http, PracticeEngineOptions options, RosterCopies copies, Nudges nudges) =>
        {
            if (options.ControlKey is not { Length: > 0 } key)
                return Results.NotFound();
            if (!Secrets.Same(http.Request.Headers["X-Control-Key"], key))
                return Results.Unauthorized();
            return Results.Json(new
            {
                Webhooks = nudges.Taken,
                Districts = copies.All.Select(of => new
                {
                    Id = of.Key,
                    Classes = of.Value.Classes.Count,
                    Titles = of.Value.Classes.Values.Count(one => one.Title is not null),
                    Learners = of.Value.Learners.Count,
                    Memberships = of.Value.Memberships.Values.Sum(classes => classes.Count),
                    Whole = of.Value.IsWhole,
                    of.Value.Changes,
                    of.Value.Erasures,
                }),
            });
        });
}
