using System.Collections.Frozen;

namespace Gateway.Privacy;

/// <summary>The words for <see cref="SharedField"/>, as commands, the table <c>engine_mapping</c> and the API's description write them.</summary>
internal static class SharedFields
{
    private static readonly FrozenDictionary<string, SharedField> Known = new Dictionary<string, SharedField>(StringComparer.Ordinal)
    {
        ["role"] = SharedField.Role,
        ["grades"] = SharedField.Grades,
        ["classTitle"] = SharedField.ClassTitle,
        ["school"] = SharedField.School,
        ["subjects"] = SharedField.Subjects,
        ["termDates"] = SharedField.TermDates,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<SharedField, string> Words = Known.ToFrozenDictionary(known => known.Value, known => known.Key);

    /// <summary>Every word, in the order of the fields.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<SharedField>().Select(field => Words[field])];

    public static string WordOf(SharedField field) => Words[field];

    /// <summary>Null when there is no such field.</summary>
    public static SharedField? Parse(string word) => Known.TryGetValue(word, out var field) ? field : null;
}
