namespace Gateway.Rostering;

/// <summary>How far a run is: counts only.</summary>
/// <param name="Phase">The phase's name.</param>
/// <param name="Step">The step of the phase that runs, counted from 1; 0 while rows are read.</param>
/// <param name="Steps">How many steps the phase has; 0 while rows are read.</param>
/// <param name="Collection">What is being read, by its wire name.</param>
/// <param name="Rows">Rows of it that were read.</param>
/// <param name="Expected">How many there will be, where the source can tell.</param>
/// <param name="RowsPerSecond">Rows of all collections a second since the phase began.</param>
/// <param name="Left">Time until the collection is read, by that rate.</param>
internal sealed record RosterProgress(
    string Phase, int Step, int Steps, string? Collection, long Rows, long? Expected, long? RowsPerSecond, TimeSpan? Left);
