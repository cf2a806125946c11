using System.Globalization;

namespace Samples.Sis.Rest;

/// <summary>What the query string asks for; a refusal is the minor code of the error.</summary>
internal sealed record RowQuery(int Limit, int Offset, string? Sort, bool Descending, Filter? Filter, HashSet<string>? Fields)
{
    /// <summary>Other than zero: the rows are found in an order that depends on it.</summary>
    public int Shuffle { get; init; }

    public static (RowQuery? Query, string? Refusal) Read(IQueryCollection query, Collection collection, SisOptions options)
    {
        LastingFaults lasting = options.Faults.Lasting;
        if (!TryNumber(query["limit"], 100, out int limit) || !TryNumber(query["offset"], 0, out int offset) || limit == 0)
            return (null, "invaliddata");
        string? sort = query["sort"];
        if (sort is not null && (lasting.RefuseSort || !collection.Knows(sort)))
            return (null, "invalid_sort_field");
        Filter? filter = null;
        if (query["filter"].ToString() is { Length: > 0 } text)
        {
            if (lasting.RefuseFilter || !Rest.Filter.TryParse(text, out Filter parsed) || !parsed.Fields.All(collection.Knows))
                return (null, "invalid_filter_field");
            filter = parsed;
        }
        if (lasting.RefuseFields && query.ContainsKey("fields"))
            return (null, "invalid_selection_field");
        HashSet<string>? fields = query["fields"].ToString() is { Length: > 0 } list && !lasting.IgnoreFields
            ? [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]
            : null;
        limit = Math.Min(limit, Math.Min(options.MaximumLimit, lasting.ClampLimit ?? int.MaxValue));
        var rows = new RowQuery(limit, Place(query, limit, offset, lasting), sort, query["orderBy"] == "desc", filter, fields)
        {
            Shuffle = lasting.Shuffle ? options.Faults.NextShuffle() : 0,
        };
        return (rows, null);
    }

    private static int Place(IQueryCollection query, int limit, int offset, LastingFaults lasting)
    {
        if (lasting.Links is LinkStyle.Cursor or LinkStyle.Looping)
            return Links.OffsetOf(query["cursor"]);
        if (lasting.IgnoreOffset)
            return 0;
        return lasting.WholePagesOnly ? offset / limit * limit : Math.Max(0, offset - lasting.RepeatRows);
    }

    private static bool TryNumber(string? text, int otherwise, out int number)
    {
        number = otherwise;
        return text is null || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
