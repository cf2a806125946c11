using OneRoster.Model;

namespace OneRoster.Validation;

/// <summary>How much a finding costs.</summary>
public enum FindingSeverity
{
    /// <summary>Nothing was lost, but the source departs from the specification.</summary>
    Warning,

    /// <summary>An optional value was dropped; the row was kept.</summary>
    ValueDropped,

    /// <summary>The row was dropped.</summary>
    RowDropped,
}

/// <summary>Something wrong with a source: which rule, where, and what to do. It never carries a value.</summary>
public sealed record RosterFinding
{
    /// <summary>The stable id of the rule, such as <c>row.required_value_missing</c>; see <see cref="RosterRules"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>What it cost.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The collection; null for the manifest and the archive.</summary>
    public RosterCollection? Collection { get; init; }

    /// <summary>CSV: the file, by the name that the specification gives it.</summary>
    public string? File { get; init; }

    /// <summary>CSV: the line in which the record starts, counted from 1.</summary>
    public long? Line { get; init; }

    /// <summary>REST: the position of the row in the collection as it was received, counted from 0.</summary>
    public long? Offset { get; init; }

    /// <summary>The column or field, by the name that the specification gives it.</summary>
    public string? Column { get; init; }

    /// <summary>What whoever runs the source can do about it.</summary>
    public required string Fix { get; init; }
}
