using System.Globalization;
using System.Text.Json;

namespace Samples.Sis.Rest;

/// <summary>Writes the fields of a row that were asked for; the others are not even looked up.</summary>
internal sealed class RowWriter(Utf8JsonWriter json, OneRosterVersion version, string baseUrl, HashSet<string>? fields, bool odd = false)
{
    /// <summary>Whether the server writes some values as no specification says.</summary>
    public bool Odd => odd;

    public OneRosterVersion Version => version;

    public bool Wants(string field) => fields is null || fields.Contains(field);

    public void Start() => json.WriteStartObject();

    public void End() => json.WriteEndObject();

    public void Text(string field, string? value)
    {
        if (value is not null && Wants(field))
            json.WriteString(field, value);
    }

    // Booleans are the strings "true" and "false" in both versions.
    public void Flag(string field, bool value) => Text(field, value ? "true" : "false");

    public void Date(string field, DateOnly value) => Text(field, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public void Texts(string field, params ReadOnlySpan<string> values)
    {
        if (!Wants(field))
            return;
        json.WriteStartArray(field);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    public void Reference(string field, string type, string? sourcedId)
    {
        if (sourcedId is null || !Wants(field))
            return;
        json.WritePropertyName(field);
        WriteReference(type, sourcedId);
    }

    public void References(string field, string type, IReadOnlyList<string> sourcedIds)
    {
        if (sourcedIds.Count == 0 || !Wants(field))
            return;
        json.WriteStartArray(field);
        foreach (string id in sourcedIds)
            WriteReference(type, id);
        json.WriteEndArray();
    }

    /// <summary>An array with one object of texts, such as <c>userIds</c>.</summary>
    public void One(string field, params ReadOnlySpan<(string Name, string Value)> members)
    {
        if (!Wants(field))
            return;
        json.WriteStartArray(field);
        json.WriteStartObject();
        foreach (var (name, value) in members)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>What a vendor adds beside the standard.</summary>
    public void Metadata(string name, string value)
    {
        if (!Wants("metadata"))
            return;
        json.WriteStartObject("metadata");
        json.WriteString(name, value);
        json.WriteEndObject();
    }

    public void Role(string role, string orgId, DateOnly begin, DateOnly end)
    {
        if (!Wants("roles"))
            return;
        json.WriteStartArray("roles");
        json.WriteStartObject();
        json.WriteString("roleType", "primary");
        json.WriteString("role", role);
        json.WritePropertyName("org");
        WriteReference("org", orgId);
        json.WriteString("beginDate", begin.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("endDate", end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public void Common(string sourcedId, bool toBeDeleted, DateTimeOffset modified)
    {
        Text("sourcedId", sourcedId);
        Text("status", toBeDeleted ? "tobedeleted" : "active");
        Text("dateLastModified", Timestamp(modified));
    }

    public static string Timestamp(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void WriteReference(string type, string sourcedId)
    {
        json.WriteStartObject();
        json.WriteString("href", $"{baseUrl}/{Plural(type)}/{sourcedId}");
        json.WriteString("sourcedId", sourcedId);
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    private static string Plural(string type) => type == "class" ? "classes" : type + "s";
}
