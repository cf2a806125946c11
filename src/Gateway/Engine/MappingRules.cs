using System.Collections.Frozen;
using Gateway.Privacy;

namespace Gateway.Engine;

/// <summary>What a change of a mapping must be like, and what comes of it. Finds every problem, not the first.</summary>
internal static class MappingRules
{
    private const int LongestWord = 60;
    private const int LongestName = 200;
    private static readonly string[] Roles = ["student", "teacher"];

    public static IReadOnlyList<Failure> Check(MappingWish wish) =>
    [
        .. wish.By is { Length: > 0 and <= LongestName } by && !string.IsNullOrWhiteSpace(by)
            ? Array.Empty<Failure>()
            : [new("mapping.by_missing", "Who decides must be said by name: --by NAME.")],
        .. (wish.Fields ?? []).Where(word => SharedFields.Parse(word) is null)
            .Select(_ => new Failure("mapping.field_unknown", $"Fields that can be given: {string.Join(", ", SharedFields.All)}.")).Distinct(),
        .. (wish.RoleWords ?? []).Any(pair => !IsPair(pair) || !Roles.Contains(KeyOf(pair)))
            ? [new Failure("mapping.role_word_invalid", "A role's word is written student=WORD or teacher=WORD.")]
            : Array.Empty<Failure>(),
        .. (wish.GradeWords ?? []).Any(pair => !IsPair(pair))
            ? [new Failure("mapping.grade_word_invalid", $"A grade's word is written GRADE=WORD, each of 1 to {LongestWord} characters.")]
            : Array.Empty<Failure>(),
    ];

    /// <summary>The mapping that a wish makes of one; the same object where nothing differs.</summary>
    public static FieldMapping Apply(FieldMapping now, MappingWish wish)
    {
        var wanted = now with
        {
            Enabled = wish.Enabled ?? now.Enabled,
            Fields = wish.Fields?.Select(word => SharedFields.Parse(word)!.Value).ToFrozenSet() ?? now.Fields,
            RoleWords = Words(now.RoleWords, wish.RoleWords),
            GradeWords = Words(now.GradeWords, wish.GradeWords),
        };
        return wanted.Enabled == now.Enabled && GiveTheSame(now, wanted) ? now : wanted with { Version = now.Version + 1 };
    }

    /// <summary>Whether what is given, and in which words, is the same.</summary>
    public static bool GiveTheSame(FieldMapping one, FieldMapping other) =>
        one.Fields.SetEquals(other.Fields) && Same(one.RoleWords, other.RoleWords) && Same(one.GradeWords, other.GradeWords);

    public static bool Same(FrozenDictionary<string, string> one, FrozenDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var word) && word == pair.Value);

    private static FrozenDictionary<string, string> Words(FrozenDictionary<string, string> now, IReadOnlyList<string>? pairs)
    {
        if (pairs is null)
            return now;
        var words = now.ToDictionary(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            if (pair[(pair.IndexOf('=') + 1)..] is { Length: > 0 } word)
                words[KeyOf(pair)] = word;
            else
                words.Remove(KeyOf(pair));
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static bool IsPair(string pair) =>
        pair.IndexOf('=') is > 0 and <= LongestWord and var at && pair.Length - at - 1 <= LongestWord && !pair.Any(char.IsControl);

    private static string KeyOf(string pair) => pair[..Math.Max(0, pair.IndexOf('='))];
}
