using System.Globalization;
using System.Text.Json;

namespace Samples.Sis.Rest;

internal static class CollectionEndpoint
{
    private const int FlushAt = 64 * 1024;

    public static void Map(WebApplication app)
    {
        app.MapGet("/ims/oneroster/rostering/v1p2/{collection}", (HttpContext http, string collection) =>
            HandleAsync(http, OneRosterVersion.V12, collection));
        app.MapGet("/ims/oneroster/v1p1/{collection}", (HttpContext http, string collection) =>
            HandleAsync(http, OneRosterVersion.V11, collection));
        app.MapGet("/ims/oneroster/rostering/v1p2/{collection}/{id}", (HttpContext http, string collection, string id) =>
            HandleAsync(http, OneRosterVersion.V12, collection, id));
        app.MapGet("/ims/oneroster/v1p1/{collection}/{id}", (HttpContext http, string collection, string id) =>
            HandleAsync(http, OneRosterVersion.V11, collection, id));
    }

    private static async Task HandleAsync(HttpContext http, OneRosterVersion version, string name, string? id = null)
    {
        IResult? refusal = Refuse(http, version, name, out RowQuery? query);
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(http);
            return;
        }
        Collection collection = Collections.ByName[name];
        SisState state = http.RequestServices.GetRequiredService<SisState>();
        if (id is not null)
        {
            Filter.TryParse($"sourcedId='{id.Replace("'", "", StringComparison.Ordinal)}'", out Filter one);
            query = query! with { Filter = one, Limit = 1, Offset = 0 };
        }
        Collection.Page page = collection.Read(state.Roster, query!);
        if (id is not null && page.Rows == 0)
            await ErrorBody.Of(version, 404, "unknownobject", "There is no such object.").ExecuteAsync(http);
        else
            await WriteAsync(http, version, name, query!, page, single: id is not null);
    }

    private static IResult? Refuse(HttpContext http, OneRosterVersion version, string name, out RowQuery? query)
    {
        SisOptions options = http.RequestServices.GetRequiredService<SisOptions>();
        TokenStore tokens = http.RequestServices.GetRequiredService<TokenStore>();
        SisState state = http.RequestServices.GetRequiredService<SisState>();
        query = null;
        state.Stats.CountRows(name, http.Request.Query["fields"]);
        if (options.Faults.TakeTooMany())
        {
            http.Response.Headers.RetryAfter = options.Faults.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return ErrorBody.Of(version, 429, "server_busy", "Too many requests.");
        }
        if (options.Faults.TakeRevocation())
            tokens.RevokeAll();
        if (tokens.ScopesOf(http.Request.Headers.Authorization) is not { } scopes)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return ErrorBody.Of(version, 401, version == OneRosterVersion.V12 ? "unauthorisedrequest" : "unauthorized", "A valid token is needed.");
        }
        if (options.Faults.TakeHtml())
            return Results.Content("<!doctype html><title>Maintenance</title><p>We will be back soon.", "text/html");
        if (!Collections.ByName.TryGetValue(name, out Collection? collection))
            return ErrorBody.Of(version, 404, "unknownobject", "There is no such collection.");
        if (!Scopes.Allows(scopes, version, collection.Demographics))
            return ErrorBody.Of(version, 403, "forbidden", "The token's scopes do not cover this collection.");
        (query, string? problem) = RowQuery.Read(http.Request.Query, collection, options);
        return problem is null ? null : ErrorBody.Of(version, 400, problem, "The query was not understood.");
    }

    private static async Task WriteAsync(
        HttpContext http, OneRosterVersion version, string name, RowQuery query, Collection.Page page, bool single)
    {
        Collection collection = Collections.ByName[name];
        string baseUrl = $"{http.Request.Scheme}://{http.Request.Host}"
            + (version == OneRosterVersion.V12 ? "/ims/oneroster/rostering/v1p2" : "/ims/oneroster/v1p1");
        http.Response.ContentType = "application/json; charset=utf-8";
        int? dieAt = null;
        if (!single)
        {
            Faults faults = http.RequestServices.GetRequiredService<SisOptions>().Faults;
            dieAt = faults.RowsBeforeDeath(name, page.Rows);
            if (!faults.OmitCounts)
            {
                http.Response.Headers["X-Total-Count"] = page.Total.ToString(CultureInfo.InvariantCulture);
                http.Response.Headers.Link = Links.Of($"{baseUrl}/{name}", http.Request.Query, query, page.Total);
            }
        }
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        var writer = new RowWriter(json, version, baseUrl, query.Fields);
        json.WriteStartObject();
        json.WritePropertyName(single ? collection.Single : collection.Wrapper);
        if (!single)
            json.WriteStartArray();
        long flushed = 0;
        for (int i = 0; i < page.Rows; i++)
        {
            if (i == dieAt)
                break;
            page.WriteRow(writer, i);
            if (json.BytesCommitted + json.BytesPending - flushed > FlushAt)
            {
                flushed = json.BytesCommitted + json.BytesPending;
                await json.FlushAsync(http.RequestAborted);
                await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            }
        }
        if (dieAt is not null)
        {
            await json.FlushAsync(http.RequestAborted);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            http.Abort();
            return;
        }
        if (!single)
            json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted);
    }
}
