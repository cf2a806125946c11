namespace Samples.Sis.Control;

internal static class ControlEndpoints
{
    public static void Map(WebApplication app)
    {
        RouteGroupBuilder group = app.MapGroup("").AddEndpointFilter(async (context, next) =>
        {
            SisOptions options = context.HttpContext.RequestServices.GetRequiredService<SisOptions>();
            string given = context.HttpContext.Request.Headers["X-Control-Key"].ToString();
            return options.ControlKey is { Length: > 0 } key && !ClientCredentials.SameText(given, key)
                ? Results.Unauthorized()
                : await next(context);
        });
        group.MapPost("/faults", Apply);
        group.MapGet("/stats", (SisState state) => new
        {
            tokenRequests = state.Stats.TokenRequests,
            scopesAsked = state.Stats.ScopesAsked,
            requests = state.Stats.Requests,
            lastFields = state.Stats.LastFields,
            exports = state.Stats.Exports,
            demographicsAsked = state.Stats.DemographicsAsked,
            students = state.Roster.ActiveStudents,
        });
    }

    private static IResult Apply(FaultsRequest request, SisOptions options, SisState state)
    {
        Faults faults = options.Faults;
        if (request.Clear)
            faults.Clear();
        if (request.Die is { } die)
            faults.DieInside(die.Collection, die.AfterRows, die.Times);
        if (request.Html is { } html)
            faults.AnswerHtml(html);
        if (request.TooManyRequests is { } tooMany)
            faults.AnswerTooManyRequests(tooMany, request.RetryAfterSeconds);
        if (request.RevokeTokensAfter is { } revoke)
            faults.RevokeTokensAfter(revoke);
        if (request.BadGateway is { } badGateway)
            faults.AnswerBadGateway(badGateway);
        if (request.Truncate is { } truncated)
            faults.Truncate(truncated);
        if (request.Change is { } change)
            faults.Change(change);
        LastingFaults lasting = request.Lasting ?? faults.Lasting;
        faults.Lasting = lasting with
        {
            RefuseFields = request.RefuseFields ?? lasting.RefuseFields,
            RefuseSort = request.RefuseSort ?? lasting.RefuseSort,
            OmitCounts = request.OmitCounts ?? lasting.OmitCounts,
        };
        if (request.WithdrawStudents > 0)
            state.WithdrawStudents(request.WithdrawStudents, request.WithdrawHow);
        if (request.AddStudents > 0)
            state.AddStudents(request.AddStudents);
        return Results.Json(new { students = state.Roster.ActiveStudents });
    }
}
