using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Hosting.Description;

/// <summary>
/// Holds a value against a schema of the description. Knows the few keywords that the description uses and refuses any other, so that
/// nothing goes unchecked; a member that the schema does not name is an offence too.
/// </summary>
internal sealed class SchemaCheck(JsonNode document)
{
    public IEnumerable<string> Offences(JsonNode schema, JsonNode? value, string at = "$")
    {
        var rule = schema.AsObject();
        if (rule["$ref"] is { } reference)
            return Offences(reference.GetValue<string>().Split('/').Skip(1).Aggregate(document, (node, name) => node[name]!), value, at);
        return rule.SelectMany(keyword => keyword.Key switch
        {
            "description" or "example" or "examples" => [],
            "format" => FormatOffences(keyword.Value!.GetValue<string>(), value, at),
            "type" => TypeOf(value).Intersect(TypesOf(keyword.Value!)).Any() ? [] : [$"{at}: is {string.Join('/', TypeOf(value))}, not {keyword.Value!.ToJsonString()}"],
            "enum" => value is null || keyword.Value!.AsArray().Any(one => JsonNode.DeepEquals(one, value)) ? [] : [$"{at}: is none of the enum"],
            "required" => keyword.Value!.AsArray().Where(name => value is JsonObject && value[name!.GetValue<string>()] is null).Select(name => $"{at}: lacks {name}"),
            "properties" => MemberOffences(keyword.Value!.AsObject(), value as JsonObject, at),
            "items" => value is JsonArray items ? items.SelectMany((item, n) => Offences(keyword.Value!, item, $"{at}[{n}]")) : [],
            "pattern" => value is JsonValue text && text.GetValueKind() == JsonValueKind.String && !System.Text.RegularExpressions.Regex.IsMatch(text.GetValue<string>(), keyword.Value!.GetValue<string>())
                ? [$"{at}: does not match"]
                : Array.Empty<string>(),
            _ => [$"{at}: this check does not know the keyword {keyword.Key}"],
        }).ToList();
    }

    private IEnumerable<string> MemberOffences(JsonObject known, JsonObject? value, string at) => (value ?? []).SelectMany(member =>
        known[member.Key] is { } schema ? Offences(schema, member.Value, $"{at}.{member.Key}") : [$"{at}: {member.Key} is not in the schema"]);

    private static IEnumerable<string> FormatOffences(string format, JsonNode? value, string at)
    {
        if (value is not JsonValue given || given.GetValueKind() != JsonValueKind.String)
            return [];
        var text = given.GetValue<string>();
        var fits = format switch
        {
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
            "date-time" => DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _) && text.Contains('T', StringComparison.Ordinal),
            "uuid" => Guid.TryParse(text, out _),
            _ => false,
        };
        return fits ? [] : [$"{at}: is not {format}"];
    }

    private static IEnumerable<string> TypesOf(JsonNode type) => type is JsonArray several ? several.Select(one => one!.GetValue<string>()) : [type.GetValue<string>()];

    private static string[] TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => ["null"],
        JsonValueKind.Object => ["object"],
        JsonValueKind.Array => ["array"],
        JsonValueKind.String => ["string"],
        JsonValueKind.True or JsonValueKind.False => ["boolean"],
        _ => value.AsValue().TryGetValue<long>(out _) ? ["integer", "number"] : ["number"],
    };
}
