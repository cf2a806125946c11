using System.Text;
using System.Text.Json.Nodes;
using Gateway.Privacy.Rights;

namespace Gateway.Privacy;

/// <summary>Everything that is held of one person (P-3.1), table by table.</summary>
/// <param name="District">The district's slug.</param>
/// <param name="At">When it was read.</param>
/// <param name="Tables">Rows by table; a value is as PostgreSQL's JSON writes it.</param>
/// <param name="Withheld">Columns of them that are not given: the gateway's own numbers, pseudonyms, sealed values.</param>
/// <param name="Blocked">Since when the person is blocked; null when not.</param>
internal sealed record AccessReport(
    string District, DateTimeOffset At, IReadOnlyDictionary<string, JsonArray> Tables, IReadOnlyDictionary<string, IReadOnlyList<string>> Withheld, DateTimeOffset? Blocked)
{
    public JsonObject ToJson() => new()
    {
        ["district"] = District,
        ["at"] = At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["blockedSince"] = Blocked?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["held"] = new JsonObject(Tables.Select(table => KeyValuePair.Create(table.Key, (JsonNode?)table.Value.DeepClone()))),
        ["withheld"] = new JsonObject(Withheld.Select(table => KeyValuePair.Create(table.Key, (JsonNode?)new JsonArray([.. table.Value.Select(column => (JsonNode)column)])))),
        ["auditTrail"] = "none: no entry of it is about a person",
    };

    /// <summary>A table as CSV (RFC 4180), names in the first line; only the names where there are no rows.</summary>
    public static string CsvOf(IReadOnlyList<string> columns, JsonArray rows)
    {
        var csv = new StringBuilder().AppendJoin(',', columns).Append("\r\n");
        foreach (var row in rows)
            csv.AppendJoin(',', columns.Select(column => Quoted(row![column]))).Append("\r\n");
        return csv.ToString();
    }

    // RFC 4180, 2.5 to 2.7.
    private static string Quoted(JsonNode? value)
    {
        var text = value switch { null => "", JsonValue single => single.ToString(), _ => value.ToJsonString() };
        text = text.Length > 0 && CsvCell.NeedsMark(text[0]) ? $"{CsvCell.Mark}{text}" : text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
