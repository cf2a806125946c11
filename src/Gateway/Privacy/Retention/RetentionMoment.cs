using Npgsql;

namespace Gateway.Privacy.Retention;

/// <summary>
/// The moment at which rules are asked, for one district: the instant, and the day in the district's time zone. A year ago is the same day
/// of the year before, so that nothing goes early: what began on 29 February goes on 1 March.
/// </summary>
internal sealed record RetentionMoment(DateTimeOffset Now, DateOnly Today)
{
    /// <summary>Rows that one transaction deletes: few enough that nobody waits for it.</summary>
    private const int Batch = 5000;

    public static RetentionMoment In(TimeZoneInfo zone, DateTimeOffset now) => new(now, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime));

    public void Bind(NpgsqlCommand command, int district)
    {
        var parameters = command.Parameters;
        parameters.AddWithValue("district", district);
        parameters.AddWithValue("limit", Batch);
        parameters.AddWithValue("now", Now);
        parameters.AddWithValue("today", Today);
        parameters.AddWithValue("month_ago", Today.AddMonths(-1));
        parameters.AddWithValue("year_ago", Today.AddYears(-1));
        parameters.AddWithValue("two_years_ago", Today.AddYears(-2));
        parameters.AddWithValue("year_before", Now.AddYears(-1));
        parameters.AddWithValue("days_14_before", Now.AddDays(-14));
        parameters.AddWithValue("days_30_before", Now.AddDays(-30));
        parameters.AddWithValue("days_31_before", Now.AddDays(-31));
        parameters.AddWithValue("days_90_before", Now.AddDays(-90));
    }
}
