using System.Text;
using System.Text.Json;
using Lti.Launches;

namespace Lti.Messages.Reading;

/// <summary>Reads the allowed custom parameters. Keys are compared without regard to ASCII case; other keys are skipped.</summary>
internal sealed class CustomClaims(IReadOnlyList<LaunchClaim> allowed)
{
    private const int LongestKey = 256;
    private readonly byte[][] keys = [.. allowed.Select(claim => Encoding.UTF8.GetBytes(claim.CustomKey!))];

    public void Read(ref Utf8JsonReader reader, LaunchClaims into)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        HashSet<int> seen = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var index = Find(ref reader);
            reader.Read();
            if (index < 0)
            {
                reader.Skip();
                continue;
            }

            if (!seen.Add(index)) into.Fail(LaunchRefusal.ClaimsDuplicate);
            ReadValue(ref reader, allowed[index], into);
        }
    }

    private static void ReadValue(ref Utf8JsonReader reader, LaunchClaim claim, LaunchClaims into)
    {
        if (claim.CustomIsSisPersonId)
        {
            into.CustomPersonId ??= SisPersonIds.Read(ref reader);
            return;
        }

        // LTI Core 5.4.6: values are strings; numbers and booleans are seen.
        string? text = reader.TokenType switch
        {
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            // Not compared with anything and no id: here a fraction is welcome too.
            JsonTokenType.Number => Encoding.ASCII.GetString(reader.ValueSpan),
            _ => ClaimValue.Optional(ref reader, into, ClaimValue.LongestUrl),
        };
        if (text is not null) into.Custom.TryAdd(claim.CustomKey!, text);
    }

    private int Find(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > LongestKey) return -1;
        Span<byte> name = stackalloc byte[LongestKey];
        name = name[..reader.CopyString(name)];
        for (var index = 0; index < keys.Length; index++)
        {
            if (Ascii.EqualsIgnoreCase(name, keys[index])) return index;
        }

        return -1;
    }
}
