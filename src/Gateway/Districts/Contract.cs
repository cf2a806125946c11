using Gateway.Storage.Model;

namespace Gateway.Districts;

/// <summary>
/// A district's contract (P-2.8). Its end is its last day, in the district's time zone. From the day after nothing new is taken in; what is
/// there can be exported for 30 days, and is deleted then (<see cref="Privacy.RetentionClock"/>).
/// </summary>
internal static class Contract
{
    /// <summary>Whether the last day is over. A district without an end has an open contract.</summary>
    public static bool HasEnded(District district, DateTimeOffset now) => HasEnded(district.ContractEnd, district.TimeZone, now);

    public static bool HasEnded(DateOnly? end, string timeZone, DateTimeOffset now) => end is { } last && last < DayIn(timeZone, now);

    private static DateOnly DayIn(string timeZone, DateTimeOffset now) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime);
}
