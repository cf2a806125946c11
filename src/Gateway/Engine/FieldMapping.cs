using System.Collections.Frozen;
using Gateway.Privacy;

namespace Gateway.Engine;

/// <summary>What a district gives to one engine, and in which words; one version of it.</summary>
/// <param name="Version">1 and up; 0 is the default, which nobody chose.</param>
/// <param name="Enabled">False: the engine does not see the district at all.</param>
/// <param name="Fields">What is given besides pseudonymous ids and class membership.</param>
/// <param name="RoleWords">The engine's own words for <c>student</c> and <c>teacher</c>; others stay as they are.</param>
/// <param name="GradeWords">The engine's own words for grades; others stay as the roster writes them.</param>
internal sealed record FieldMapping(
    int Version,
    bool Enabled,
    FrozenSet<SharedField> Fields,
    FrozenDictionary<string, string> RoleWords,
    FrozenDictionary<string, string> GradeWords)
{
    /// <summary>Role and class membership, in the gateway's words.</summary>
    public static FieldMapping Default { get; } = new(0, true, [SharedField.Role], FrozenDictionary<string, string>.Empty, FrozenDictionary<string, string>.Empty);

    public bool Gives(SharedField field) => Fields.Contains(field);

    public string WordForRole(string role) => RoleWords.GetValueOrDefault(role, role);

    public string WordForGrade(string grade) => GradeWords.GetValueOrDefault(grade, grade);
}
