using System.Text.Json;
using Lti.Launches;

namespace Lti.Messages.Reading;

/// <summary>Walks one JSON object by a table of rules. Members without a rule are skipped token by token.</summary>
internal static class ClaimObject
{
    public static void Read(ref Utf8JsonReader reader, IReadOnlyList<ClaimRule> rules, LaunchClaims into)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        ulong seen = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var index = Find(ref reader, rules);
            reader.Read();
            if (index < 0)
            {
                reader.Skip();
                continue;
            }

            // RFC 8725 2.8 and RFC 7519 4: one name, one value, or two readers may see two messages.
            if ((seen & (1UL << index)) != 0) into.Fail(LaunchRefusal.ClaimsDuplicate);
            seen |= 1UL << index;
            rules[index].Read(ref reader, into);
        }
    }

    private static int Find(ref Utf8JsonReader reader, IReadOnlyList<ClaimRule> rules)
    {
        for (var index = 0; index < rules.Count; index++)
        {
            if (reader.ValueTextEquals(rules[index].Name)) return index;
        }

        return -1;
    }
}
