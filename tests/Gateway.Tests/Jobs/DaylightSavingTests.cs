using Quartz;

namespace Gateway.Tests.Jobs;

/// <summary>The scheduler's own computation over nights on which clocks moved.</summary>
[Trait("Requirement", "R-4.1")]
public sealed class DaylightSavingTests
{
    // What the wall shows when it fires, and the offset then.
    [Theory]
    [InlineData("America/New_York", "0 30 2 * * ?", "2026-03-07", "2026-03-07 02:30 -05:00,2026-03-08 03:00 -04:00,2026-03-09 02:30 -04:00")]
    [InlineData("America/New_York", "0 30 1 * * ?", "2026-10-31", "2026-10-31 01:30 -04:00,2026-11-01 01:30 -04:00,2026-11-02 01:30 -05:00")]
    [InlineData("Europe/Berlin", "0 15 2 * * ?", "2026-03-28", "2026-03-28 02:15 +01:00,2026-03-29 03:00 +02:00,2026-03-30 02:15 +02:00")]
    [InlineData("Europe/Berlin", "0 15 2 * * ?", "2026-10-24", "2026-10-24 02:15 +02:00,2026-10-25 02:15 +02:00,2026-10-26 02:15 +01:00")]
    [InlineData("Australia/Lord_Howe", "0 10 2 * * ?", "2026-10-03", "2026-10-03 02:10 +10:30,2026-10-04 02:30 +11:00,2026-10-05 02:10 +11:00")]
    [InlineData("Australia/Lord_Howe", "0 40 1 * * ?", "2026-04-04", "2026-04-04 01:40 +11:00,2026-04-05 01:40 +11:00,2026-04-06 01:40 +10:30")]
    [InlineData("America/Santiago", "0 20 0 * * ?", "2026-09-05", "2026-09-05 00:20 -04:00,2026-09-06 01:00 -03:00,2026-09-07 00:20 -03:00")]
    [InlineData("America/Santiago", "0 20 23 * * ?", "2026-04-03", "2026-04-03 23:20 -03:00,2026-04-04 23:20 -03:00,2026-04-05 23:20 -04:00")]
    public void A_nightly_run_happens_once_a_night_whatever_the_clocks_do(string zone, string cron, string from, string expected)
    {
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var expression = CronExpression.Parse(cron).WithTimeZone(timeZone);
        var at = new DateTimeOffset(DateTime.Parse(from, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero).AddHours(-12);
        var fired = new List<string>();
        for (var instant = First(expression, timeZone, at, DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture)); fired.Count < 3; instant = expression.GetNextValidTimeAfter(instant)!.Value)
            fired.Add(TimeZoneInfo.ConvertTime(instant, timeZone).ToString("yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(expected, string.Join(',', fired));
    }

    [Theory]
    [InlineData("America/New_York", "2026-03-08")]
    [InlineData("America/New_York", "2026-11-01")]
    [InlineData("Europe/Berlin", "2026-03-29")]
    [InlineData("Europe/Berlin", "2026-10-25")]
    [InlineData("Australia/Lord_Howe", "2026-10-04")]
    [InlineData("Australia/Lord_Howe", "2026-04-05")]
    [InlineData("America/Santiago", "2026-09-06")]
    [InlineData("America/Santiago", "2026-04-05")]
    public void Every_minute_of_such_a_day_is_a_run_once(string zone, string day)
    {
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        for (var minute = 0; minute < 1440; minute += 10)
        {
            var expression = CronExpression.Parse($"0 {minute % 60} {minute / 60} * * ?").WithTimeZone(timeZone);
            var start = new DateTimeOffset(date.ToDateTime(default), TimeSpan.Zero).AddDays(-2);
            var days = new List<DateOnly>();
            for (var instant = expression.GetNextValidTimeAfter(start)!.Value; days.Count < 5; instant = expression.GetNextValidTimeAfter(instant)!.Value)
                days.Add(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, timeZone).DateTime));

            Assert.True(days.Zip(days.Skip(1)).All(pair => pair.Second == pair.First.AddDays(1)), $"{minute / 60:00}:{minute % 60:00}");
        }
    }

    private static DateTimeOffset First(CronExpression expression, TimeZoneInfo zone, DateTimeOffset after, DateOnly day)
    {
        var instant = expression.GetNextValidTimeAfter(after)!.Value;
        while (DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime) < day)
            instant = expression.GetNextValidTimeAfter(instant)!.Value;
        return instant;
    }
}
