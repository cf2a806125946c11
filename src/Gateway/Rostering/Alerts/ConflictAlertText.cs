using System.Globalization;
using Gateway.Alerts;

namespace Gateway.Rostering.Alerts;

/// <summary>What is told of identity conflicts: counts by reason, and what each reason means.</summary>
internal static class ConflictAlertText
{
    private static readonly Dictionary<string, string> Meaning = new(StringComparer.Ordinal)
    {
        ["subject_taken"] = "another account of the same platform has this SIS id already",
        ["both_launched"] = "two people came in by launches and carry one SIS id",
        ["sis_differs"] = "a person who has a SIS id came with another one",
        ["role"] = "a teacher came with a student's SIS id, or the other way round",
        ["followed"] = "a new account joined the record of its SIS id, because this district follows its platform",
    };

    public static AlertText Of(AlertPlace place, IReadOnlyList<NamedCount> conflicts) => AlertText.Of(
        place,
        "SIS ids that lead to different people",
        [
            "Launches or a roster brought ids that do not fit together. Everybody went in as the account that they used, and nobody was",
            "made one with somebody else, but for those that are said to have joined. A person has to look whether an id is wrong.",
            "",
            .. conflicts.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Count,5}  {one.Name,-14} {Meaning.GetValueOrDefault(one.Name, one.Name)}")),
            "",
            "This is told once a day at most, when there is something new.",
        ],
        $"gateway roster people {place.Slug} conflicts");
}
