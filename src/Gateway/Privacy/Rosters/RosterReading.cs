using System.Collections.Frozen;

namespace Gateway.Privacy.Rosters;

/// <summary>What a district has one of its runs read beyond what is always read.</summary>
/// <param name="Grades">Whose students are taken in; their grades are looked at and not kept for it.</param>
/// <param name="SamePerson">What makes several records one person .</param>
/// <param name="Shared">What the district gives to its engines, and therefore keeps (P-1.4).</param>
internal sealed record RosterReading(ChosenGrades Grades, SamePersonRule SamePerson, FrozenSet<SharedField> Shared)
{
    public static RosterReading Default { get; } = new(ChosenGrades.Every, SamePersonRule.None, []);

    /// <summary>Whether what was read under the field may be kept.</summary>
    public bool Keeps(SharedField field) => Shared.Contains(field);
}
