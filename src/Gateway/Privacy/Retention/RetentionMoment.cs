using Npgsql;

namespace Gateway.Privacy.Retention;

/// <summary>
/// The moment at which rules are asked, for one district: the instant, and the day in the district's time zone. A year ago is the same day
/// of the year before, so that nothing goes early: what began on 29 February goes on 1 March.
/// </summary>
internal sealed record RetentionMoment(DateTimeOffset Now, DateOnly Today)
{
    /// <summary>Records that one statement deletes, and about as many as one transaction does: few enough that nobody waits for it.</summary>
    public const int Batch = 5000;

    // On 29 February a year is over for everything of 28 February a year ago.
    private DateTimeOffset YearBefore => Now is { Month: 2, Day: 29 } ? Now.AddYears(-1).AddDays(1).AddTicks(-Now.TimeOfDay.Ticks - 1) : Now.AddYears(-1);

    public static RetentionMoment In(TimeZoneInfo zone, DateTimeOffset now) => new(now, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime));

    public void Bind(NpgsqlParameterCollection parameters, int district)
    {
        parameters.AddWithValue("district", district);
        parameters.AddWithValue("limit", Batch);
        parameters.AddWithValue("now", Now);
        parameters.AddWithValue("today", Today);
        parameters.AddWithValue("month_ago", Today.AddMonths(-1));
        parameters.AddWithValue("year_ago", Today.AddYears(-1));
        parameters.AddWithValue("two_years_ago", Today.AddYears(-2));
        parameters.AddWithValue("year_before", YearBefore);
        parameters.AddWithValue("days_14_before", Now.AddDays(-14));
        parameters.AddWithValue("days_30_before", Now.AddDays(-30));
        parameters.AddWithValue("days_31_before", Now.AddDays(-31));
        parameters.AddWithValue("days_90_before", Now.AddDays(-90));
    }
}
