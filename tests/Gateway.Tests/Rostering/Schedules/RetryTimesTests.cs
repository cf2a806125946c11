using System.Globalization;
using Gateway.Rostering.Schedules;

namespace Gateway.Tests.Rostering.Schedules;

public sealed class RetryTimesTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Fact]
    [Trait("Requirement", "R-4.4")]
    public void Tries_come_at_growing_intervals_and_a_last_time_in_the_morning()
    {
        var began = new DateTimeOffset(2026, 10, 5, 3, 15, 0, TimeSpan.FromHours(-4));
        var tries = new List<string>();
        var now = began;
        for (var retries = 0; RetryTimes.Next(now, began, retries, NewYork, RetryTimes.Morning) is { } next; retries++, now = next)
            tries.Add(TimeZoneInfo.ConvertTime(next, NewYork).ToString("HH:mm", CultureInfo.InvariantCulture));

        Assert.Equal(["03:20", "03:30", "03:50", "04:30", "05:30", "06:30", "07:00"], tries);
    }

    [Fact]
    [Trait("Requirement", "R-4.4")]
    public void A_run_in_the_day_is_tried_until_the_next_morning()
    {
        var began = new DateTimeOffset(2026, 10, 5, 7, 0, 0, TimeSpan.FromHours(-4));

        Assert.Equal(began.AddHours(1), RetryTimes.Next(began, began, 9, NewYork, RetryTimes.Morning));
        Assert.Null(RetryTimes.Next(began.AddDays(1), began, 9, NewYork, RetryTimes.Morning));
    }

    [Theory]
    [Trait("Requirement", "R-4.4")]
    [InlineData("2026-03-07T12:00:00Z", "2026-03-08T11:00:00Z")] // The night has 23 hours.
    [InlineData("2026-10-31T11:00:00Z", "2026-11-01T12:00:00Z")] // 25.
    [InlineData("2026-11-01T11:59:59Z", "2026-11-01T12:00:00Z")]
    public void The_next_morning_is_at_seven_on_the_clock_also_where_the_night_is_shorter_or_longer(string after, string morning) => Assert.Equal(
        DateTimeOffset.Parse(morning, CultureInfo.InvariantCulture), LocalTime.NextAfter(NewYork, DateTimeOffset.Parse(after, CultureInfo.InvariantCulture), RetryTimes.Morning));

    [Theory]
    [Trait("Requirement", "R-4.1")]
    [InlineData("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00:00Z")]
    [InlineData("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z")]
    [InlineData("America/New_York", "2026-11-01", "07:00", "2026-11-01T12:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25", "02:15", "2026-10-25T00:15:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "02:10", "2026-10-03T15:30:00Z")]
    [InlineData("America/Santiago", "2026-09-06", "00:20", "2026-09-06T04:00:00Z")]
    public void A_reading_that_is_skipped_means_the_skip_and_one_that_comes_twice_the_first(string zone, string day, string reading, string instant) => Assert.Equal(
        DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture),
        LocalTime.InstantOf(
            TimeZoneInfo.FindSystemTimeZoneById(zone), DateOnly.Parse(day, CultureInfo.InvariantCulture), TimeOnly.Parse(reading, CultureInfo.InvariantCulture)));
}
