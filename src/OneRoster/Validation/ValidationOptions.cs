using OneRoster.Csv;

namespace OneRoster.Validation;

/// <summary>How a package is validated.</summary>
public sealed record ValidationOptions
{
    /// <summary>How many findings of each rule are listed with their places; the others are counted.</summary>
    public int MostPerRule { get; init; } = 100;

    /// <summary>What the package may cost.</summary>
    public CsvLimits Limits { get; init; } = new();

    /// <summary>Which day is today, for classes that have ended.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
