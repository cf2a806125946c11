using Gateway.Grades;
using Npgsql;

namespace Gateway.Tests.Grades;

public sealed class RetryPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 5, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(13, 3600)]
    [InlineData(1000, 3600)]
    public void Each_wait_is_twice_the_one_before_up_to_an_hour_and_spread_by_a_quarter(int attempts, int seconds) =>
        Assert.InRange(Wait(attempts, null), TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds * 1.25));

    [Theory]
    [InlineData(1, 90, 90)]
    [InlineData(8, 90, 128)]
    [InlineData(1, 7200, 7200)]
    public void The_platforms_own_wait_counts_when_it_is_longer(int attempts, int asked, int seconds) =>
        Assert.InRange(Wait(attempts, asked), TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds * 1.25));

    [Theory]
    [Trait("Requirement", "T-12")]
    [InlineData(1, 6 * 3600)]
    [InlineData(1, int.MaxValue)]
    public void No_wait_is_longer_than_six_hours(int attempts, int asked) => Assert.Equal(TimeSpan.FromHours(6), Wait(attempts, asked));

    [Fact]
    [Trait("Requirement", "T-12")]
    public void A_platform_that_throttles_is_tried_again_within_minutes_unless_it_asks_for_more() =>
        Assert.InRange(Wait(30, null, "lti.score_throttled"), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6.25));

    [Fact]
    [Trait("Requirement", "T-12")]
    public void The_last_try_is_at_the_end_of_the_week()
    {
        var outcome = RetryPlan.After(Held(40, TimeSpan.FromDays(7) - TimeSpan.FromMinutes(2)), "code", TimeSpan.FromHours(2), Now);
        Assert.Equal(("pending", Now + TimeSpan.FromMinutes(2)), (outcome.State, outcome.NextAttemptAt));
    }

    [Fact]
    public void After_a_week_a_score_is_parked_with_the_last_reason()
    {
        var outcome = RetryPlan.After(Held(40, TimeSpan.FromDays(7)), "lti.score_throttled", null, Now);
        Assert.Equal(("parked", "lti.score_throttled"), (outcome.State, outcome.Code));
    }

    private static TimeSpan Wait(int attempts, int? asked, string code = "code")
    {
        var outcome = RetryPlan.After(Held(attempts, TimeSpan.FromDays(1)), code, asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null, Now);
        Assert.Equal("pending", outcome.State);
        return outcome.NextAttemptAt!.Value - Now;
    }

    private static HeldScore Held(int attempts, TimeSpan age) => new(new NpgsqlConnection(), 0)
    {
        Id = Guid.Empty,
        District = 1,
        Lane = Guid.Empty,
        ClientId = "engine",
        SealedScore = [],
        Attempts = attempts,
        OfferedAt = Now - age,
        HeldAt = Now,
        MayHaveArrived = false,
        SentBefore = null,
        Resent = false,
        LaneSentAt = null,
    };
}
