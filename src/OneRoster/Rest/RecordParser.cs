using System.Runtime.InteropServices;
using System.Text.Json;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>
/// Takes the allowed properties out of one JSON record. Property names are compared as bytes; the value of any other property
/// is skipped as a token and never decoded.
/// </summary>
internal sealed class RecordParser(IReadOnlyList<RestProperty> properties, IReadOnlyList<RestProperty> roleProperties, FindingSite site)
{
    private const int MostRoles = 200;
    private readonly List<RowFields> rolePool = [];
    private int roleCount;

    public RowFields Fields { get; } = new();

    /// <summary>The elements of <c>roles</c> of the current record.</summary>
    public ReadOnlySpan<RowFields> Roles => CollectionsMarshal.AsSpan(rolePool)[..roleCount];

    /// <summary>
    /// Parses the record at whose opening brace <paramref name="reader"/> stands. It is in the buffer as a whole, so skipping
    /// within it always succeeds (Skip itself refuses a reader that is not on the document's last block).
    /// </summary>
    public void Parse(ref Utf8JsonReader reader)
    {
        Fields.Clear();
        roleCount = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = Find(ref reader, properties);
            var roles = property is null && roleProperties.Count > 0 && reader.ValueTextEquals("roles"u8);
            reader.Read();
            if (property is not null)
                ParseValue(ref reader, property, Fields);
            else if (roles && reader.TokenType == JsonTokenType.StartArray)
                ParseRoles(ref reader);
            else
                reader.TrySkip();
        }

        if (roleProperties.Count > 0 && roleCount == 0)
            site.Report(RosterRules.RequiredValueMissing, FindingSeverity.ValueDropped, "roles", "Give each user at least one role.");
    }

    private void ParseRoles(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject || roleCount == MostRoles)
            {
                reader.TrySkip();
                continue;
            }

            if (rolePool.Count == roleCount)
                rolePool.Add(new RowFields());
            var role = rolePool[roleCount++];
            role.Clear();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var property = Find(ref reader, roleProperties);
                reader.Read();
                if (property is null)
                    reader.TrySkip();
                else
                    ParseValue(ref reader, property, role);
            }
        }
    }

    private void ParseValue(ref Utf8JsonReader reader, RestProperty property, RowFields into)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray when property.List:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    ParseItem(ref reader, property, into);
                break;
            default:
                ParseItem(ref reader, property, into);
                break;
        }
    }

    private void ParseItem(ref Utf8JsonReader reader, RestProperty property, RowFields into)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.String:
                into.Commit(property.Field, reader.CopyString(into.Reserve(reader.ValueSpan.Length)));
                break;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False when !property.Reference:
                into.Add(property.Field, reader.ValueSpan);
                break;
            case JsonTokenType.StartObject when property.Reference:
                ParseReference(ref reader, property, into);
                break;
            default:
                site.Report(RosterRules.WrongKind, FindingSeverity.ValueDropped, property.Name, "Send the kind of JSON value that the specification names.");
                reader.TrySkip();
                break;
        }
    }

    /// <summary>A reference is <c>{href, sourcedId, type}</c>; only the id is read.</summary>
    private static void ParseReference(ref Utf8JsonReader reader, RestProperty property, RowFields into)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("sourcedId"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String)
                into.Commit(property.Field, reader.CopyString(into.Reserve(reader.ValueSpan.Length)));
            else
                reader.TrySkip();
        }
    }

    private static RestProperty? Find(ref Utf8JsonReader reader, IReadOnlyList<RestProperty> properties)
    {
        for (var i = 0; i < properties.Count; i++)
            if (reader.ValueTextEquals(properties[i].Utf8Name))
                return properties[i];
        return null;
    }
}
