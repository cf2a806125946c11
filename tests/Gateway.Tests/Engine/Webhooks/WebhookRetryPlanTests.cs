using Gateway.Engine.Webhooks;
using Npgsql;

namespace Gateway.Tests.Engine.Webhooks;

public sealed class WebhookRetryPlanTests
{
    private static readonly DateTimeOffset Made = new(2026, 10, 5, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 5, 5.5)]
    [InlineData(2, 30, 33)]
    [InlineData(5, 900, 990)]
    [InlineData(9, 14_400, 14_760)]
    [InlineData(10, 21_600, 21_960)]
    [InlineData(30, 21_600, 21_960)]
    public void Waits_grow_to_six_hours_and_are_spread(int attempts, double least, double most) =>
        Assert.InRange(Wait(attempts, null).TotalSeconds, least, most);

    [Theory]
    [InlineData(1, 90, 90, 99)]
    [InlineData(6, 90, 1800, 1980)]
    [InlineData(1, 86_000, 21_600, 21_960)]
    [InlineData(1, -5, 5, 5.5)]
    public void The_receivers_own_wait_counts_when_it_is_longer_and_no_longer_than_six_hours(int attempts, int asked, double least, double most) =>
        Assert.InRange(Wait(attempts, TimeSpan.FromSeconds(asked)).TotalSeconds, least, most);

    [Fact]
    public void A_receiver_that_never_answers_is_tried_for_24_hours_and_a_last_time_just_after()
    {
        var now = Made;
        for (var attempts = 1; attempts < 100; attempts++)
        {
            var outcome = WebhookRetryPlan.After(Held(attempts), "webhook.unreachable", null, null, now);
            if (outcome.State == "dead")
            {
                Assert.Equal("webhook.unreachable", outcome.Code);
                Assert.InRange(now - Made, TimeSpan.FromHours(24), TimeSpan.FromHours(24.1));
                Assert.InRange(attempts, 12, 14);
                return;
            }

            Assert.True(outcome.NextAttemptAt > now);
            now = outcome.NextAttemptAt.Value;
        }

        Assert.Fail("It was never given up.");
    }

    [Fact]
    public void A_try_before_the_24_hours_are_over_is_never_the_last() =>
        Assert.Equal("pending", WebhookRetryPlan.After(Held(40), "webhook.refused", 404, null, Made + TimeSpan.FromHours(24) - TimeSpan.FromTicks(1)).State);

    private static TimeSpan Wait(int attempts, TimeSpan? asked) =>
        WebhookRetryPlan.After(Held(attempts), "webhook.throttled", 429, asked, Made).NextAttemptAt!.Value - Made;

    private static HeldEvent Held(int attempts) => new(new NpgsqlConnection(), 0)
    {
        Id = Guid.Empty,
        District = 1,
        DistrictSlug = "oak",
        ClientId = "engine",
        Type = WebhookTypes.RosterChanged,
        Score = null,
        CreatedAt = Made,
        OfferedAt = Made,
        Attempts = attempts,
        Url = "https://engine.example/webhook",
        SealedSecrets = [],
    };
}
