using System.Globalization;
using System.Text.Json;

namespace Samples.Lms.Services;

/// <summary>AGS 2.0, 3.2: list with filters and paging, create, read, replace, delete.</summary>
internal static class LineItemEndpoints
{
    private const string One = "application/vnd.ims.lis.v2.lineitem+json";
    private const string Many = "application/vnd.ims.lis.v2.lineitemcontainer+json";

    public static void Map(WebApplication app)
    {
        app.MapGet("/ags/course-1/lineitems", List);
        app.MapPost("/ags/course-1/lineitems", CreateAsync);
        app.MapGet("/ags/course-1/lineitems/{id}", Read);
        app.MapPut("/ags/course-1/lineitems/{id}", ReplaceAsync);
        app.MapDelete("/ags/course-1/lineitems/{id}", Delete);
    }

    private static IResult List(
        HttpContext http, LmsOptions options, OwnAddress own, LmsCourse course, Gradebook gradebook, AccessTokens tokens)
    {
        if (tokens.Refusal(http, Scopes.LineItem, Scopes.LineItemReadOnly) is { } refusal)
            return refusal;
        IQueryCollection query = http.Request.Query;
        IEnumerable<LineItem> found = gradebook.Items.Where(item =>
            (query["resource_link_id"].ToString() is not { Length: > 0 } link || item.ResourceLinkId == link)
            && (query["resource_id"].ToString() is not { Length: > 0 } resource || item.ResourceId == resource)
            && (query["tag"].ToString() is not { Length: > 0 } tag || item.Tag == tag));
        List<LineItem> all = [.. found];
        int limit = Number(query["limit"]) is > 0 and var l ? l : all.Count;
        int start = Number(query["from"]) ?? 0;
        if (start + limit < all.Count)
        {
            IEnumerable<KeyValuePair<string, string?>> rest = query
                .Where(p => p.Key != "from")
                .Select(p => KeyValuePair.Create(p.Key, (string?)p.Value.ToString()))
                .Append(new("from", (start + limit).ToString(CultureInfo.InvariantCulture)));
            http.Response.Headers.Link = $"<{own.Base}/ags/{course.Id}/lineitems{QueryString.Create(rest)}>; rel=\"next\"";
        }
        return Results.Json(all.Skip(start).Take(limit).Select(item => WithUrl(item, own, options, course)), contentType: Many);
    }

    private static async Task<IResult> CreateAsync(
        HttpContext http, LmsOptions options, OwnAddress own, LmsCourse course, Gradebook gradebook, AccessTokens tokens)
    {
        if (tokens.Refusal(http, Scopes.LineItem) is { } refusal)
            return refusal;
        if (await BodyAsync(http) is not { } item)
            return Results.Json(new { error = "label and a positive scoreMaximum are needed" }, statusCode: 400);
        LineItem made = WithUrl(gradebook.Add(item), own, options, course);
        http.Response.Headers.Location = made.Id;
        return Results.Json(made, contentType: One, statusCode: 201);
    }

    private static IResult Read(
        HttpContext http, string id, LmsOptions options, OwnAddress own, LmsCourse course, Gradebook gradebook, AccessTokens tokens) =>
        tokens.Refusal(http, Scopes.LineItem, Scopes.LineItemReadOnly)
        ?? (gradebook.Item(id) is { } item ? Results.Json(WithUrl(item, own, options, course), contentType: One) : Results.NotFound());

    private static async Task<IResult> ReplaceAsync(
        HttpContext http, string id, LmsOptions options, OwnAddress own, LmsCourse course, Gradebook gradebook, AccessTokens tokens)
    {
        if (tokens.Refusal(http, Scopes.LineItem) is { } refusal)
            return refusal;
        if (gradebook.Item(id) is not { } old)
            return Results.NotFound();
        if (await BodyAsync(http) is not { } item)
            return Results.Json(new { error = "label and a positive scoreMaximum are needed" }, statusCode: 400);
        LineItem replaced = item with { Id = id, ResourceLinkId = old.ResourceLinkId };
        gradebook.Replace(replaced);
        return Results.Json(WithUrl(replaced, own, options, course), contentType: One);
    }

    private static IResult Delete(HttpContext http, string id, Gradebook gradebook, AccessTokens tokens)
    {
        if (tokens.Refusal(http, Scopes.LineItem) is { } refusal)
            return refusal;
        if (gradebook.Item(id) is null)
            return Results.NotFound();
        gradebook.Remove(id);
        return Results.NoContent();
    }

    private static async Task<LineItem?> BodyAsync(HttpContext http)
    {
        try
        {
            LineItem? item = await JsonSerializer.DeserializeAsync<LineItem>(
                http.Request.Body, JsonSerializerOptions.Web, http.RequestAborted);
            return item is { Label.Length: > 0, ScoreMaximum: > 0 } ? item : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static LineItem WithUrl(LineItem item, OwnAddress own, LmsOptions options, LmsCourse course) =>
        item with { Id = LineItemUrls.Of(own, options, course, item.Id!) };

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
