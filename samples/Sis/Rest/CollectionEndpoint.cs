namespace Samples.Sis.Rest;

internal static class CollectionEndpoint
{
    /// <summary>Where rows are found: the paths of the specifications, and others that vendors use.</summary>
    private static readonly (string Path, OneRosterVersion Version)[] Places =
    [
        ("/ims/oneroster/rostering/v1p2", OneRosterVersion.V12),
        ("/ims/oneroster/v1p1", OneRosterVersion.V11),
        ("/learningdata/v1", OneRosterVersion.V11),
    ];

    public static void Map(WebApplication app)
    {
        foreach (var (path, version) in Places)
        {
            app.MapGet(path + "/{collection}", (HttpContext http, string collection) => HandleAsync(http, version, path, collection));
            app.MapGet(path + "/{collection}/{id}", (HttpContext http, string collection, string id) => HandleAsync(http, version, path, collection, id));
        }
    }

    private static async Task HandleAsync(HttpContext http, OneRosterVersion version, string path, string name, string? id = null)
    {
        IResult? refusal = Refuse(http, version, name, out RowQuery? query);
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(http);
            return;
        }
        Collection collection = Collections.ByName[name];
        SisState state = http.RequestServices.GetRequiredService<SisState>();
        SisOptions options = http.RequestServices.GetRequiredService<SisOptions>();
        if (id is not null)
        {
            Filter.TryParse($"sourcedId='{id.Replace("'", "", StringComparison.Ordinal)}'", out Filter one);
            query = query! with { Filter = one, Limit = 1, Offset = 0 };
        }
        Collection.Page page = collection.Read(state.Roster, query!);
        // Before the page is sent: whoever has it may ask for the next one at once.
        if (options.Faults.TakeChange(name) is { } change)
            state.Apply(change);
        if (id is not null && page.Rows == 0)
            await ErrorBody.Of(options.Faults.Lasting.Errors, version, 404, "unknownobject", "There is no such object.").ExecuteAsync(http);
        else
            await new PageWriter(http, version, path, name, query!, options.Faults).WriteAsync(collection, page, single: id is not null);
    }

    private static IResult? Refuse(HttpContext http, OneRosterVersion version, string name, out RowQuery? query)
    {
        SisOptions options = http.RequestServices.GetRequiredService<SisOptions>();
        SisState state = http.RequestServices.GetRequiredService<SisState>();
        query = null;
        state.Stats.CountRows(name, http.Request.Query["fields"]);
        if (StagedRefusal.Of(http, version, options) is { } staged)
            return staged;
        if (options.Faults.TakeRevocation())
            http.RequestServices.GetRequiredService<TokenStore>().RevokeAll();
        if (http.RequestServices.GetRequiredService<RowAuthorization>().ScopesOf(http.Request) is not { } scopes)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Error(401, version == OneRosterVersion.V12 ? "unauthorisedrequest" : "unauthorized", "A valid token is needed.");
        }
        if (options.Faults.TakeHtml())
            return Results.Content("<!doctype html><title>Maintenance</title><p>We will be back soon.", "text/html");
        if (!Collections.ByName.TryGetValue(name, out Collection? collection))
            return Error(404, "unknownobject", "There is no such collection.");
        if (!Scopes.Allows(scopes, version, collection.Demographics))
            return Error(403, "forbidden", "The token's scopes do not cover this collection.");
        (query, string? problem) = RowQuery.Read(http.Request.Query, collection, options);
        LastingFaults lasting = options.Faults.Lasting;
        return problem is null ? null : Error(lasting.RefusalStatus, lasting.NamelessRefusals ? "invaliddata" : problem, "The query was not understood.");

        IResult Error(int status, string minor, string description) => ErrorBody.Of(options.Faults.Lasting.Errors, version, status, minor, description);
    }
}
