using System.Globalization;
using Gateway.Stage;
using Gateway.Tests.Rostering;

namespace Gateway.Tests.Privacy.Retention;

public sealed class FiveYearsTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const int Days = 1826;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 7;

    [Fact]
    [Trait("Requirement", "P-2.1")]
    [Trait("Requirement", "P-2.2")]
    [Trait("Requirement", "P-2.3")]
    [Trait("Requirement", "P-2.4")]
    [Trait("Requirement", "P-2.5")]
    [Trait("Requirement", "P-2.7")]
    [Trait("Requirement", "P-2.8")]
    public async Task In_five_years_nothing_stays_past_its_time_and_nothing_goes_early()
    {
        var clock = new FakeClock(new DateTimeOffset(2027, 1, 1, 3, 0, 0, TimeSpan.Zero));
        var facts = new Facts();
        var world = new RetentionWorld(database.Owner, facts, Seed);
        var oracle = new RetentionOracle(facts);
        var retention = database.RetentionAt(clock);
        var gone = new Dictionary<string, long>();
        await world.BeginAsync(clock.GetUtcNow());
        for (var day = 0; day < Days; day++, clock.Advance(TimeSpan.FromDays(1)))
        {
            await world.LiveAsync(clock.GetUtcNow());
            var report = (await retention.RunAsync(dryRun: false, TestContext.Current.CancellationToken)).Value;
            oracle.Keep(clock.GetUtcNow());
            await AssertSameAsync(world, oracle, day);
            await world.NoteFeedsAsync();
            Assert.Equal(0, report.Failed);
            foreach (var count in report.Counts)
                gone[count.Rule] = gone.GetValueOrDefault(count.Rule) + count.Count;
        }

        // A rule under which nothing was due in five years was not tested here. Conflicts and joins are in JoinedPeopleTests, the content of
        // parked scores is in ParkedScoreTests.
        string[] untouched = ["client-assertions", "conflicts", "joins", "parked-scores", "signing-keys", "webhook-secrets"];
        Assert.Equal(untouched, gone.Where(rule => rule.Value == 0).Select(rule => rule.Key).Order(StringComparer.Ordinal));
    }

    private static async Task AssertSameAsync(RetentionWorld world, RetentionOracle oracle, int day)
    {
        var (rows, expected) = (await world.RowsAsync(), oracle.Rows());
        if (rows.SetEquals(expected))
            return;
        Assert.Fail($"seed {Seed}, day {day}: past its time {string.Join(", ", rows.Except(expected).Take(5))}; gone early {string.Join(", ", expected.Except(rows).Take(5))}");
    }
}
