namespace Gateway.Rostering;

/// <summary>What rostering needs of a scheduler; <c>Jobs/</c> has the one there is.</summary>
internal interface IRosterSchedules
{
    /// <summary>Whether a text is a cron expression that the scheduler understands and that will ever come due.</summary>
    bool IsValid(string cron);

    /// <summary>Brings the district's stored schedule in line with its roster source; removes it where there is none.</summary>
    Task SyncAsync(int district, CancellationToken cancellation);

    /// <summary>The same for every district, and removes the schedules of districts that are gone.</summary>
    Task SyncAllAsync(CancellationToken cancellation);

    /// <summary>Has the district's roster run once, now, on whichever replica is free.</summary>
    /// <returns>False when the district has no schedule.</returns>
    Task<bool> RunNowAsync(int district, CancellationToken cancellation);
}
