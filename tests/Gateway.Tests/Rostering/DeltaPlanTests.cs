using Gateway.Rostering;
using Gateway.Storage.Model;

namespace Gateway.Tests.Rostering;

[Trait("Requirement", "R-1.6")]
public sealed class DeltaPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 5, 7, 15, 0, TimeSpan.Zero);

    [Fact]
    public void Without_the_district_s_consent_everything_is_pulled() =>
        Assert.Null(DeltaPlan.ChangedSince(Source(delta: false, full: Now.AddDays(-1), last: Now.AddDays(-1)), null, Now));

    [Fact]
    public void The_first_pull_is_a_full_one() => Assert.Null(DeltaPlan.ChangedSince(Source(delta: true, full: null, last: null), null, Now));

    [Fact]
    public void Changes_are_asked_for_since_a_little_before_the_last_pull_began() =>
        Assert.Equal(Now.AddDays(-1).AddMinutes(-15), DeltaPlan.ChangedSince(Source(delta: true, full: Now.AddDays(-3), last: Now.AddDays(-1)), null, Now));

    [Theory]
    [InlineData(6.4, false)]
    [InlineData(6.9, true)]
    [InlineData(7, true)]
    [InlineData(30, true)]
    public void Everything_is_pulled_at_least_weekly(double days, bool full) =>
        Assert.Equal(full, DeltaPlan.ChangedSince(Source(delta: true, full: Now.AddDays(-days), last: Now.AddDays(-1)), null, Now) is null);

    [Fact]
    public void Clock_that_was_set_back_leads_to_a_full_pull()
    {
        Assert.Null(DeltaPlan.ChangedSince(Source(delta: true, full: Now.AddHours(1), last: Now.AddHours(1)), null, Now));
        Assert.Null(DeltaPlan.ChangedSince(Source(delta: true, full: Now.AddDays(-1), last: Now.AddHours(1)), null, Now));
    }

    [Theory]
    [InlineData(-4, false)]
    [InlineData(-3, true)] // In the night of the full pull: perhaps after it had begun.
    [InlineData(-1, true)]
    [Trait("Requirement", "P-1.4")]
    public void After_what_engines_are_given_was_changed_everything_is_pulled(int days, bool full) => Assert.Equal(
        full, DeltaPlan.ChangedSince(Source(delta: true, full: Now.AddDays(-3), last: Now.AddDays(-1)), Now.AddDays(days), Now) is null);

    private static RosterSource Source(bool delta, DateTimeOffset? full, DateTimeOffset? last) =>
        new() { Binding = "rest", Schedule = "0 0 3 * * ?", Delta = delta, LastFullAt = full, LastPullAt = last };
}
