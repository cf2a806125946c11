using System.Collections.Frozen;
using Gateway.Privacy;
using Gateway.Privacy.Rosters;

namespace Gateway.Rostering;

/// <summary>What a district lets a roster run do by itself, whom it takes in, and who is one person .</summary>
internal sealed record RosterSettings
{
    /// <summary>The words for class types; <c>other</c> stands for every extension.</summary>
    public static readonly IReadOnlyList<string> KnownClassTypes = ["scheduled", "homeroom", "other"];

    /// <summary>A run that would remove more than this share of a type waits for approval.</summary>
    public decimal RemovedPercent { get; init; } = 10;

    /// <summary>A run that would change more than this share of a type waits for approval.</summary>
    public decimal ChangedPercent { get; init; } = 75;

    /// <summary>A run that would make more than this share of the roster's people part of another, or split as many, waits for approval.</summary>
    public decimal MergedPercent { get; init; } = 1;

    /// <summary>The same as a number.</summary>
    public int MergedPeople { get; init; } = 5;

    /// <summary>What a waiting run would add is added at once.</summary>
    public bool AdditionsAhead { get; init; }

    /// <summary>Pseudonyms of the schools to take in; null for all.</summary>
    public IReadOnlyList<Guid>? Schools { get; init; }

    /// <summary>The grades whose students are taken in; null for all.</summary>
    public IReadOnlyList<string>? Grades { get; init; }

    /// <summary>Words of <see cref="KnownClassTypes"/>; null for all.</summary>
    public IReadOnlyList<string>? ClassTypes { get; init; }

    /// <summary>Take in only classes with a term that is current, or begins or ended within so many days; null for all.</summary>
    public int? TermMarginDays { get; init; }

    /// <summary>What makes several records one person.</summary>
    public SamePersonRule SamePerson { get; init; } = SamePersonRule.None;

    /// <summary>The same in words, as a command takes it.</summary>
    public string OnePerson => SamePerson.ToString();

    /// <summary>A new account of a platform joins the record of its SIS id, though another account of that platform has it (docs/adr/0042).</summary>
    public bool FollowPlatform { get; init; }

    public bool IsScoped => Schools is not null || Grades is not null || ClassTypes is not null || TermMarginDays is not null;

    /// <summary>What these settings have a run read, and what is kept because the district gives it to an engine.</summary>
    public RosterReading Reading(FrozenSet<SharedField> shared) => new(ChosenGrades.Of(Grades), SamePerson, shared);
}
