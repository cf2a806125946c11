namespace Gateway.Rostering;

/// <summary>
/// The schedule of a district that names none: a minute between 03:00 and 04:59 of its own night, spread over districts, so that
/// neither the database nor a provider of many districts gets them all at once. Hours that clocks skip or repeat (00 to 02) are left out.
/// </summary>
internal static class NightlySchedule
{
    private const int Minutes = 120;

    public static string For(int district)
    {
        // Fibonacci hashing: neighbouring numbers land far apart.
        var minute = (int)((unchecked((uint)district * 2654435769u) >> 8) % Minutes);
        return $"0 {minute % 60} {3 + (minute / 60)} * * ?";
    }
}
