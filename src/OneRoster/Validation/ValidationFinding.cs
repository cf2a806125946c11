namespace OneRoster.Validation;

/// <summary>A breach of a rule: where, and what to do. It never carries a value, an id or a name from outside.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">How bad it is: the rule's own severity, or milder.</param>
/// <param name="File">The file, by the name that the specification gives it; null for the package.</param>
/// <param name="Line">The line in which the record starts, counted from 1; null when the finding is about the whole file.</param>
/// <param name="Column">The column by the name that the specification gives it, or <c>#n</c> for the n-th when it is unknown.</param>
/// <param name="Fix">What whoever exports the roster can do about this one.</param>
public sealed record ValidationFinding(RosterRule Rule, RuleSeverity Severity, string? File, long? Line, string? Column, string Fix);
