namespace Gateway.Rostering.Schedules;

/// <summary>
/// When a source that did not answer is asked again: after 5, 10, 20 and 40 minutes, then every hour, a last time at the
/// district's morning, and no more.
/// </summary>
internal static class RetryTimes
{
    /// <summary>Before the first lessons, and late enough for a maintenance of the night to be over.</summary>
    public static readonly TimeOnly Morning = new(7, 0);

    private static readonly TimeSpan First = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <param name="now">When the latest attempt ended.</param>
    /// <param name="beganAt">When the first attempt ended.</param>
    /// <param name="retries">How many times it was tried again already.</param>
    /// <param name="zone">The district's time zone.</param>
    /// <param name="until">Until when, on the district's clock.</param>
    /// <returns>Null: it is morning, give up.</returns>
    public static DateTimeOffset? Next(DateTimeOffset now, DateTimeOffset beganAt, int retries, TimeZoneInfo zone, TimeOnly until)
    {
        var end = LocalTime.NextAfter(zone, beganAt, until);
        if (now >= end)
            return null;
        var wait = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(retries, 10)));
        return now + wait < end ? now + wait : end;
    }
}
