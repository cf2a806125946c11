namespace Gateway.Engine.Api;

/// <summary>The rows of one page.</summary>
/// <param name="Rows">At most as many as asked for.</param>
/// <param name="Next">What to show as <c>after</c> for the rows that follow; null on the last page.</param>
internal sealed record RosterRows<T>(IReadOnlyList<T> Rows, string? Next);
