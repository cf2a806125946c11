using OneRoster.Model;

namespace OneRoster.Validation;

/// <summary>A file that was looked through.</summary>
/// <param name="Name">Its name as the specification has it.</param>
/// <param name="Extent">Whether it holds everything or changes.</param>
/// <param name="Rows">Its records; until where it broke off, if it did.</param>
public sealed record ValidatedFile(string Name, RosterExtent Extent, long Rows);

/// <summary>How often a rule was broken in a file, and how bad.</summary>
public sealed record ValidationCount(RosterRule Rule, RuleSeverity Severity, string? File, long Count);

/// <summary>What a validator found.</summary>
public sealed record ValidationReport
{
    /// <summary>The version that the manifest names; null when there is no readable manifest.</summary>
    public required OneRosterVersion? Version { get; init; }

    /// <summary>The files that were looked through, in reading order.</summary>
    public required IReadOnlyList<ValidatedFile> Files { get; init; }

    /// <summary>The findings in the order in which they were found, each rule's first ones only (<see cref="ValidationOptions.MostPerRule"/>).</summary>
    public required IReadOnlyList<ValidationFinding> Findings { get; init; }

    /// <summary>All findings counted, those that are not listed included.</summary>
    public required IReadOnlyList<ValidationCount> Counts { get; init; }

    /// <summary>The records looked at.</summary>
    public long Rows => Files.Sum(file => file.Rows);

    /// <summary>How many findings are errors.</summary>
    public long Errors => Of(RuleSeverity.Error);

    /// <summary>How many findings are warnings.</summary>
    public long Warnings => Of(RuleSeverity.Warning);

    private long Of(RuleSeverity severity) => Counts.Where(count => count.Severity == severity).Sum(count => count.Count);
}
