using Gateway.Privacy.Rosters;

namespace Gateway.Rostering;

/// <summary>Changes of a district's roster settings; null leaves a setting as it is, an empty list or <c>all</c> takes everything in.</summary>
internal sealed record RosterSettingsCommand
{
    public decimal? RemovedPercent { get; init; }

    public decimal? ChangedPercent { get; init; }

    public decimal? MergedPercent { get; init; }

    public int? MergedPeople { get; init; }

    public bool? AdditionsAhead { get; init; }

    /// <summary>SourcedIds of schools; kept as pseudonyms.</summary>
    public IReadOnlyList<string>? Schools { get; init; }

    public IReadOnlyList<string>? Grades { get; init; }

    public IReadOnlyList<string>? ClassTypes { get; init; }

    /// <summary>Days, or <c>all</c>.</summary>
    public string? CurrentTerms { get; init; }

    /// <summary><c>none</c>, or a text that <see cref="SamePersonRule.Parse"/> takes.</summary>
    public string? SamePerson { get; init; }

    public bool? FollowPlatform { get; init; }

    /// <summary>Without the schools' ids.</summary>
    public override string ToString() => "Roster settings";

    public RosterSettings ApplyTo(RosterSettings now, Func<string, Guid> pseudonymOf) => now with
    {
        RemovedPercent = RemovedPercent ?? now.RemovedPercent,
        ChangedPercent = ChangedPercent ?? now.ChangedPercent,
        MergedPercent = MergedPercent ?? now.MergedPercent,
        MergedPeople = MergedPeople ?? now.MergedPeople,
        AdditionsAhead = AdditionsAhead ?? now.AdditionsAhead,
        Schools = Schools is null ? now.Schools : IsAll(Schools) ? null : [.. Schools.Select(pseudonymOf)],
        Grades = Grades is null ? now.Grades : IsAll(Grades) ? null : [.. Grades.Select(ChosenGrades.CodeOf).Distinct()],
        ClassTypes = ClassTypes is null ? now.ClassTypes : IsAll(ClassTypes) ? null : [.. ClassTypes.Distinct()],
        TermMarginDays = CurrentTerms switch { null => now.TermMarginDays, "all" => null, _ => int.Parse(CurrentTerms, System.Globalization.CultureInfo.InvariantCulture) },
        FollowPlatform = FollowPlatform ?? now.FollowPlatform,
        SamePerson = SamePerson switch { null => now.SamePerson, "none" => SamePersonRule.None, _ => SamePersonRule.Parse(SamePerson)! },
    };

    public static bool IsAll(IReadOnlyList<string> words) => words is [] or ["all"];
}
