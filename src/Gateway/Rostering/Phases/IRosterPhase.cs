namespace Gateway.Rostering.Phases;

/// <summary>A phase of a roster run.</summary>
internal interface IRosterPhase
{
    /// <summary>Its name in the run history.</summary>
    string Name { get; }

    /// <summary>How many steps it has; 0 where its progress is the rows that are read.</summary>
    int Steps { get; }

    /// <summary>Does its work.</summary>
    /// <returns>Null to go on, or the code that the run fails with.</returns>
    Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation);
}
