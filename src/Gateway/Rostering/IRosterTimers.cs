namespace Gateway.Rostering;

/// <summary>When a district's roster runs next, besides its schedule; <c>Jobs/</c> has the one scheduler there is.</summary>
internal interface IRosterTimers
{
    /// <summary>Has the roster run once more at an instant, on whichever replica is free; in place of the instant set before.</summary>
    Task TryAgainAtAsync(int district, DateTimeOffset instant, CancellationToken cancellation);

    /// <summary>Forgets the instant that was set.</summary>
    Task ForgetRetryAsync(int district, CancellationToken cancellation);

    /// <summary>When the schedule comes due next; null without one.</summary>
    Task<DateTimeOffset?> NextRunAsync(int district, CancellationToken cancellation);
}
