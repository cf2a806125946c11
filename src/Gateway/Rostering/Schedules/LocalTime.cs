namespace Gateway.Rostering.Schedules;

/// <summary>A clock on a district's wall, and the instants that it means.</summary>
internal static class LocalTime
{
    public static DateTime At(TimeZoneInfo zone, DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    public static DateOnly DayAt(TimeZoneInfo zone, DateTimeOffset instant) => DateOnly.FromDateTime(At(zone, instant));

    /// <summary>The instant of a reading: of one that the clock shows twice the first, for one that it skips the instant of the skip. In UTC.</summary>
    public static DateTimeOffset InstantOf(TimeZoneInfo zone, DateOnly day, TimeOnly reading)
    {
        var local = day.ToDateTime(reading);
        if (zone.IsInvalidTime(local))
        {
            // Counted with the offset before the skip the reading lies as far behind the skip as it is into the gap.
            var before = local;
            while (zone.IsInvalidTime(before))
                before = before.AddMinutes(-1);
            return new DateTimeOffset(before, zone.GetUtcOffset(before)).AddMinutes(1).ToUniversalTime();
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The first instant after another at which the clock shows the reading.</summary>
    public static DateTimeOffset NextAfter(TimeZoneInfo zone, DateTimeOffset instant, TimeOnly reading)
    {
        var day = DayAt(zone, instant);
        var today = InstantOf(zone, day, reading);
        return today > instant ? today : InstantOf(zone, day.AddDays(1), reading);
    }
}
