using System.Globalization;

namespace Samples.Sis.Rest;

/// <summary>What the query string asks for; a refusal is the minor code of the error.</summary>
internal sealed record RowQuery(int Limit, int Offset, string? Sort, bool Descending, Filter? Filter, HashSet<string>? Fields)
{
    public static (RowQuery? Query, string? Refusal) Read(IQueryCollection query, Collection collection, SisOptions options)
    {
        if (!TryNumber(query["limit"], 100, out int limit) || !TryNumber(query["offset"], 0, out int offset) || limit == 0)
            return (null, "invaliddata");
        string? sort = query["sort"];
        if (sort is not null && (options.Faults.RefuseSort || !collection.Knows(sort)))
            return (null, "invalid_sort_field");
        Filter? filter = null;
        if (query["filter"].ToString() is { Length: > 0 } text)
        {
            if (!Rest.Filter.TryParse(text, out Filter parsed) || !parsed.Fields.All(collection.Knows))
                return (null, "invalid_filter_field");
            filter = parsed;
        }
        if (options.Faults.RefuseFields && query.ContainsKey("fields"))
            return (null, "invalid_selection_field");
        HashSet<string>? fields = query["fields"].ToString() is { Length: > 0 } list
            ? [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]
            : null;
        return (new RowQuery(Math.Min(limit, options.MaximumLimit), offset, sort, query["orderBy"] == "desc", filter, fields), null);
    }

    private static bool TryNumber(string? text, int otherwise, out int number)
    {
        number = otherwise;
        return text is null || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
