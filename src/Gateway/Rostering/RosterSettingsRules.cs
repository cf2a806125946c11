using System.Globalization;
using Gateway.Privacy.Rosters;
using OneRoster.Model;

namespace Gateway.Rostering;

/// <summary>Checks every field of a <see cref="RosterSettingsCommand"/> and says all that is wrong.</summary>
internal static class RosterSettingsRules
{
    private const int LongestMargin = 366;

    public static IReadOnlyList<Failure> Check(RosterSettingsCommand command)
    {
        var problems = new List<Failure>();
        if (command.RemovedPercent is < 0 or > 100)
            problems.Add(new("roster.percent_invalid", "--removed must be a share between 0 and 100 percent."));
        if (command.ChangedPercent is < 0 or > 100)
            problems.Add(new("roster.percent_invalid", "--changed must be a share between 0 and 100 percent."));
        if (command.MergedPercent is < 0 or > 100)
            problems.Add(new("roster.percent_invalid", "--merged must be a share between 0 and 100 percent."));
        if (command.MergedPeople is < 0)
            problems.Add(new("roster.people_invalid", "--merged-people must be a number of people, 0 or more."));
        if (command.Schools is { } schools && !RosterSettingsCommand.IsAll(schools)
            && schools.Any(school => !SourcedId.TryCreate(System.Text.Encoding.UTF8.GetBytes(school), out _)))
            problems.Add(new("roster.school_invalid", "--school must be a school's sourcedId, at most 255 bytes, or 'all'."));
        if (command.Grades is { } grades && !RosterSettingsCommand.IsAll(grades) && grades.Any(grade => ChosenGrades.CodeOf(grade).Length is 0 or > 20))
            problems.Add(new("roster.grade_invalid", "--grade must be a grade such as 09 or KG, or 'all'."));
        if (command.ClassTypes is { } types && !RosterSettingsCommand.IsAll(types) && !types.All(RosterSettings.KnownClassTypes.Contains))
            problems.Add(new("roster.class_type_invalid", $"--class-type must be one of {string.Join(", ", RosterSettings.KnownClassTypes)}, or 'all'."));
        if (command.CurrentTerms is not (null or "all")
            && !(int.TryParse(command.CurrentTerms, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= LongestMargin))
            problems.Add(new("roster.term_margin_invalid", $"--current-terms must be a number of days between 0 and {LongestMargin}, or 'all'."));
        if (command.SamePerson is not (null or "none") && SamePersonRule.Parse(command.SamePerson) is null)
            problems.Add(new("roster.same_person_invalid", "--same-person must be none, master-identifier, identifier, after:C or before:C, where C is one character of the sourcedIds. "
                + "Ids that a vendor hashes (Ed-Fi: one of each school and student) have no part that says who is one person: go by identifier, or let every record be a person."));
        return problems;
    }
}
