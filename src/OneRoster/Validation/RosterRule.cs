namespace OneRoster.Validation;

/// <summary>How bad a finding is for whoever exports a roster.</summary>
public enum RuleSeverity
{
    /// <summary>Something to know. Nothing has to change.</summary>
    Info,

    /// <summary>The source departs from the specification or from what is sensible; the rows are read.</summary>
    Warning,

    /// <summary>A package, a file, a row or a value is not read.</summary>
    Error,
}

/// <summary>One rule that rosters are checked by.</summary>
/// <param name="Id">The stable id that findings, refusals and reports carry, such as <c>row.date_invalid</c>.</param>
/// <param name="Severity">How bad a breach is. A milder form of it (a word in another case) is found as a warning.</param>
/// <param name="Title">What is wrong, as a sentence.</param>
/// <param name="Why">What comes of it.</param>
/// <param name="WhatToDo">What whoever exports the roster changes.</param>
/// <param name="Clause">Where the specification says so, or whose rule it is.</param>
public sealed record RosterRule(string Id, RuleSeverity Severity, string Title, string Why, string WhatToDo, string Clause);
