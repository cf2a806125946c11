using System.Runtime.InteropServices;
using System.Text.Json;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>
/// Takes the allowed properties out of one JSON record. Property names are compared as bytes; the value of any other property
/// is skipped as a token and never decoded.
/// </summary>
internal sealed class RecordParser(RestProperty[] properties, RestProperty[] roleProperties, FindingSite site)
{
    private const int MostRoles = 200;
    private readonly List<RowFields> rolePool = [];
    private readonly List<string> wrongKinds = [];
    private int roleCount;
    private int expected;

    public RowFields Fields { get; } = new();

    /// <summary>The elements of <c>roles</c> of the current record.</summary>
    public ReadOnlySpan<RowFields> Roles => CollectionsMarshal.AsSpan(rolePool)[..roleCount];

    /// <summary>Parses the record at whose opening brace <paramref name="reader"/> stands.</summary>
    /// <returns>False when it is not in the buffer as a whole: it must be parsed anew, from its brace, when there is more.</returns>
    public bool TryParse(ref Utf8JsonReader reader)
    {
        Fields.Clear();
        wrongKinds.Clear();
        (roleCount, expected) = (0, 0);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                Report();
                return true;
            }

            var property = Find(ref reader, properties);
            var roles = property is null && roleProperties.Length > 0 && reader.ValueTextEquals("roles"u8);
            if (!reader.Read())
                return false;
            var whole = property is not null ? TryParseValue(ref reader, property, Fields)
                : roles && reader.TokenType == JsonTokenType.StartArray ? TryParseRoles(ref reader)
                : reader.TrySkip();
            if (!whole)
                return false;
        }

        return false;
    }

    private void Report()
    {
        foreach (var name in wrongKinds)
            site.Report(RosterRules.WrongKind, FindingSeverity.ValueDropped, name, "Send the kind of JSON value that the specification names.");
        if (roleProperties.Length > 0 && roleCount == 0 && Fields.Count(RosterField.Role) > 0)
            site.Report(RosterRules.OlderUsers, FindingSeverity.Warning, "roles", "Send roles with each user, as 1.2 has them.");
        else if (roleProperties.Length > 0 && roleCount == 0)
            site.Report(RosterRules.RequiredValueMissing, FindingSeverity.ValueDropped, "roles", "Give each user at least one role.");
    }

    private bool TryParseRoles(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
                return true;
            var whole = reader.TokenType == JsonTokenType.StartObject && roleCount < MostRoles ? TryParseRole(ref reader) : reader.TrySkip();
            if (!whole)
                return false;
        }

        return false;
    }

    private bool TryParseRole(ref Utf8JsonReader reader)
    {
        if (rolePool.Count == roleCount)
            rolePool.Add(new RowFields());
        var role = rolePool[roleCount++];
        role.Clear();
        expected = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                expected = 0;
                return true;
            }

            var property = Find(ref reader, roleProperties);
            if (!reader.Read() || !(property is null ? reader.TrySkip() : TryParseValue(ref reader, property, role)))
                return false;
        }

        return false;
    }

    private bool TryParseValue(ref Utf8JsonReader reader, RestProperty property, RowFields into)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !property.List)
            return TryParseItem(ref reader, property, into);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
                return true;
            if (!TryParseItem(ref reader, property, into))
                return false;
        }

        return false;
    }

    private bool TryParseItem(ref Utf8JsonReader reader, RestProperty property, RowFields into)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.String:
                into.Commit(property.Field, reader.CopyString(into.Reserve(reader.ValueSpan.Length)));
                return true;
            case JsonTokenType.Number:
            case JsonTokenType.True or JsonTokenType.False when !property.Reference:
                into.Add(property.Field, reader.ValueSpan);
                return true;
            case JsonTokenType.StartObject when property.Reference:
                return TryParseReference(ref reader, property, into);
            default:
                wrongKinds.Add(property.Name);
                return reader.TrySkip();
        }
    }

    /// <summary>A reference is <c>{href, sourcedId, type}</c>; only the id is read.</summary>
    private static bool TryParseReference(ref Utf8JsonReader reader, RestProperty property, RowFields into)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
                return true;
            var isId = reader.ValueTextEquals("sourcedId"u8);
            if (!reader.Read())
                return false;
            if (isId && reader.TokenType == JsonTokenType.String)
                into.Commit(property.Field, reader.CopyString(into.Reserve(reader.ValueSpan.Length)));
            else if (isId && reader.TokenType == JsonTokenType.Number)
                into.Add(property.Field, reader.ValueSpan);
            else if (!reader.TrySkip())
                return false;
        }

        return false;
    }

    /// <summary>Records mostly have their properties in one order, so the one behind the last found is looked at first.</summary>
    private RestProperty? Find(ref Utf8JsonReader reader, RestProperty[] among)
    {
        for (var i = 0; i < among.Length; i++)
        {
            var at = expected + i < among.Length ? expected + i : expected + i - among.Length;
            if (!reader.ValueTextEquals(among[at].Utf8Name))
                continue;
            expected = at + 1 == among.Length ? 0 : at + 1;
            return among[at];
        }

        return null;
    }
}
