namespace Gateway.Privacy.Rosters;

/// <summary>What a district's settings have its runs read beyond the allow-list, for the length of the run.</summary>
/// <param name="Grades">Whose students are taken in .</param>
/// <param name="SamePerson">What makes several records one person .</param>
internal sealed record RosterReading(ChosenGrades Grades, SamePersonRule SamePerson)
{
    public static RosterReading Default { get; } = new(ChosenGrades.Every, SamePersonRule.None);
}
