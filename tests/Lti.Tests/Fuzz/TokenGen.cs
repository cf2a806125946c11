using System.Buffers.Text;
using FsCheck;
using FsCheck.Fluent;
using Lti.Tests.Platform;

namespace Lti.Tests.Fuzz;

/// <summary>How a token is bent: claims and header before it is signed, the text after.</summary>
internal sealed record TokenPlan(
    IReadOnlyList<ClaimChange> Claims, string? Header, bool ForeignKey, IReadOnlyList<Func<string, string>> Cuts)
{
    private const string GoodHeader = """{"alg":"ES256","kid":"elliptic"}""";

    /// <summary>The token for a login.</summary>
    public string Make(Begun begun)
    {
        var members = begun.Claims().Select(claim => (claim.Key, Raw: claim.Value?.ToJsonString() ?? "null")).ToList();
        foreach (var change in Claims)
            change.Apply(members);
        var payload = $"{{{string.Join(',', members.Select(member => $"\"{member.Key}\":{member.Raw}"))}}}";
        var token = (ForeignKey ? Foreign.Value : SigningKey.Elliptic).Sign(Header ?? GoodHeader, payload);
        return Cuts.Aggregate(token, (text, cut) => cut(text));
    }

    private static readonly Lazy<SigningKey> Foreign = new(() => SigningKey.Second);
}

/// <summary>One claim that is removed, replaced, or said twice.</summary>
internal sealed record ClaimChange(int Place, int Kind, string Raw, string Name)
{
    public void Apply(List<(string Key, string Raw)> members)
    {
        if (members.Count == 0)
            return;
        var place = Place % members.Count;
        switch (Kind)
        {
            case 0: members.RemoveAt(place); break;
            case 1: members.Add((members[place].Key, Raw)); break;
            case 2: members.Insert(0, (members[place].Key, Raw)); break;
            case 3: members.Add((Name, Raw)); break;
            default: members[place] = (members[place].Key, Raw); break;
        }
    }
}

/// <summary>Tokens: most with one thing wrong, some with none, some with several.</summary>
internal static class TokenGen
{
    private static readonly string[] Headers =
    [
        """{"alg":"none"}""", """{"alg":"HS256","kid":"elliptic"}""", """{"alg":"RS256","kid":"elliptic"}""", """{"alg":"ES256","kid":"first"}""",
        """{"alg":"ES256"}""", """{"alg":"ES256","kid":7}""", """{"alg":"ES256","kid":"elliptic","jwk":{}}""", """{"alg":"ES256","kid":"elliptic","crit":[]}""",
        """{"alg":"ES256","alg":"none","kid":"elliptic"}""", """{"kid":"elliptic","typ":"JWT","alg":"ES256"}""", "{}", "[]", "", "null", "{\"alg\":\"ES256\",\"kid\":\"\\ud800\"}",
    ];

    private static readonly string[] Names =
    [
        Claims.MessageType, Claims.Version, Claims.ForUser, Claims.DeepLinkingSettings, Claims.Roles, "azp", "nbf", "sub", "iss\\u0000", "\\u0069ss", "https://lms.example/x",
    ];

    public static Gen<Input<TokenPlan>> Plans { get; } =
        from claims in Change.ListOf().Resize(4)
        from header in Gen.Frequency((6, Gen.Constant<string?>(null)), (1, Gen.Elements<string?>(Headers)), (1, Hostile.Json.Select(json => (string?)$$"""{"alg":"ES256","kid":{{json}}}""")))
        from foreign in Gen.Frequency((15, Gen.Constant(false)), (1, Gen.Constant(true)))
        from cuts in Gen.Frequency((5, Gen.Constant(new List<(string, Func<string, string>)>())), (1, Cut.ListOf().Resize(2).Select(all => all.ToList())))
        from plain in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        let plan = plain ? new TokenPlan([], null, false, []) : new TokenPlan([.. claims], header, foreign, [.. cuts.Select(cut => cut.Item2)])
        select new Input<TokenPlan>(
            $"{plan.Claims.Count} claims changed ({string.Join(' ', plan.Claims.Select(one => $"{one.Kind}@{one.Place}"))}), header {(plan.Header is null ? "kept" : "changed")}, "
            + $"{(plan.ForeignKey ? "foreign key" : "own key")}, text: {string.Join(' ', cuts.Select(cut => cut.Item1))}",
            plan);

    private static Gen<ClaimChange> Change =>
        from place in Gen.Choose(0, 40)
        from kind in Gen.Choose(0, 7)
        from raw in Hostile.Json
        from name in Gen.Elements(Names)
        select new ClaimChange(place, kind, raw, name);

    private static Gen<(string, Func<string, string>)> Cut => Gen.OneOf(
        from at in Gen.Choose(0, 2_000)
        select ($"cut@{at}", (Func<string, string>)(text => text[..Math.Min(at, text.Length)])),
        from at in Gen.Choose(0, 2_000)
        from bit in Gen.Choose(0, 6)
        select ($"flip@{at}.{bit}", (Func<string, string>)(text => Flip(text, at, bit))),
        from part in Gen.Choose(0, 2)
        from bit in Gen.Choose(0, 4_000)
        select ($"flip part {part}.{bit}", (Func<string, string>)(text => FlipPart(text, part, bit))),
        from part in Gen.Choose(0, 2)
        from other in Gen.Choose(0, 2)
        select ($"splice {part}<-{other}", (Func<string, string>)(text => Splice(text, part, other))),
        from more in Gen.Elements(".", "=", " ", ".AA", "\u00e9", "\0")
        select ("add", (Func<string, string>)(text => text + more)));

    private static string Flip(string text, int at, int bit)
    {
        if (text.Length == 0)
            return text;
        var letters = text.ToCharArray();
        letters[at % letters.Length] ^= (char)(1 << bit);
        return new string(letters);
    }

    private static string FlipPart(string text, int part, int bit)
    {
        var parts = text.Split('.');
        if (part >= parts.Length || !Base64Url.IsValid(parts[part]) || parts[part].Length == 0)
            return text;
        var bytes = Base64Url.DecodeFromChars(parts[part]);
        if (bytes.Length == 0)
            return text;
        bytes[bit / 8 % bytes.Length] ^= (byte)(1 << (bit % 8));
        parts[part] = Base64Url.EncodeToString(bytes);
        return string.Join('.', parts);
    }

    private static string Splice(string text, int part, int other)
    {
        var parts = text.Split('.');
        if (part < parts.Length && other < parts.Length)
            parts[part] = parts[other];
        return string.Join('.', parts);
    }
}
