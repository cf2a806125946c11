using System.Text.Json;
using Gateway.Privacy;
using Gateway.Privacy.Retention;
using Gateway.Stage;
using Gateway.Tests.Rostering;

namespace Gateway.Tests.Privacy.Retention;

[Trait("Requirement", "P-2.9")]
public sealed class RetentionRunTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private static readonly DateTimeOffset Begin = new(2027, 1, 1, 3, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dry_run_counts_what_a_run_deletes_and_deletes_nothing()
    {
        var (world, clock) = await LiveAsync(seed: 11, days: 500);
        var before = await world.RowsAsync();

        var dry = await RunAsync(clock, dryRun: true);
        Assert.True((await world.RowsAsync()).SetEquals(before));
        var run = await RunAsync(clock);

        Assert.Equal(dry.Counts, run.Counts);
        Assert.Equal(dry.Closed, run.Closed);
        Assert.True(run.Counts.Count(count => count.Count > 0) >= 8, string.Join(", ", run.Counts.Where(count => count.Count == 0).Select(count => count.Rule)));
        Assert.All((await RunAsync(clock)).Counts, count => Assert.Equal(0, count.Count));
    }

    [Fact]
    public async Task Every_deletion_leaves_a_count_by_rule_in_the_audit_trail_and_nothing_else()
    {
        var (_, clock) = await LiveAsync(seed: 12, days: 450);
        var first = await LastEntryAsync();

        var report = await RunAsync(clock);
        var told = await ToldAsync(first);
        var last = await LastEntryAsync();
        await RunAsync(clock);

        // Nothing went, nothing is said.
        Assert.Equal(last, await LastEntryAsync());
        Assert.Equal(
            report.Counts.Where(count => count.Count > 0 && count.Rule != "districts").Select(count => (count.Rule, count.Count)).Order(),
            told.Where(entry => entry.Action == "retention.deleted").SelectMany(entry => entry.Details)
                .GroupBy(detail => detail.Key, detail => long.Parse(detail.Value, System.Globalization.CultureInfo.InvariantCulture))
                .Select(rule => (rule.Key, rule.Sum())).Order());
        Assert.All(told, entry => Assert.Equal("gateway", entry.Actor));
        Assert.Subset(
            RetentionRules.All.Select(rule => rule.Code).ToHashSet(),
            told.Where(entry => entry.Action == "retention.deleted").SelectMany(entry => entry.Details.Keys).ToHashSet());
    }

    [Fact]
    public async Task What_the_minute_deletes_is_told_once_a_day()
    {
        var clock = new FakeClock(Begin);
        var district = await database.AddDistrictAsync();
        await RunAsync(clock);
        var first = await LastEntryAsync();
        for (var minute = 0; minute < 3; minute++, clock.Advance(TimeSpan.FromMinutes(1)))
        {
            await database.AskAsync<int>($"insert into gateway.spent_value values (gen_random_uuid(), {district}, '{clock.GetUtcNow():O}'::timestamptz - interval '1 second') returning 1");
            Assert.Equal(1, await new PurgeExpired(database.Gateway, clock).RunAsync(Cancellation));
        }

        Assert.Equal(first, await LastEntryAsync());
        await RunAsync(clock);
        Assert.Equal("3", Assert.Single(await ToldAsync(first)).Details["spent-values"]);
    }

    [Fact]
    public async Task Two_replicas_at_once_delete_and_count_everything_once()
    {
        var (_, clock) = await LiveAsync(seed: 13, days: 420);
        var due = (await RunAsync(clock, dryRun: true)).Counts;

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => database.RetentionAt(clock).RunAsync(dryRun: false, Cancellation))));

        var counted = both.Where(one => one.Succeeded).SelectMany(one => one.Value.Counts).GroupBy(count => count.Rule).Select(rule => (rule.Key, rule.Sum(count => count.Count)));
        Assert.Equal(due.Select(count => (count.Rule, count.Count)).Order(), counted.Order());
        Assert.All(both.Where(one => !one.Succeeded), one => Assert.Equal("retention.already_running", one.Failures[0].Code));
    }

    [Fact]
    public async Task More_than_a_batch_goes_in_several_transactions()
    {
        var clock = new FakeClock(Begin);
        var district = await database.AddDistrictAsync();
        await RunAsync(clock);
        var first = await LastEntryAsync();
        await database.AskAsync<int>($"""
            with run as (insert into gateway.roster_run (district_id, trigger, dry_run, state, phase, started_at, finished_at)
                         select {district}, 'import', false, 'failed', 'read', '2026-01-01', '2026-01-01' from generate_series(1, 12000) returning 1)
            select count(*)::int from run
            """);

        Assert.Equal(12_000, (await RunAsync(clock)).Counts.Single(count => count.Rule == "roster-runs").Count);
        Assert.Equal(["2000", "5000", "5000"], (await ToldAsync(first)).Select(entry => entry.Details["roster-runs"]).Order(StringComparer.Ordinal));
    }

    private async Task<(RetentionWorld World, FakeClock Clock)> LiveAsync(int seed, int days)
    {
        var clock = new FakeClock(Begin);
        var world = new RetentionWorld(database.Owner, new Facts(), seed);
        await world.BeginAsync(clock.GetUtcNow());
        for (var day = 0; day < days; day++, clock.Advance(TimeSpan.FromDays(1)))
            await world.LiveAsync(clock.GetUtcNow());
        return (world, clock);
    }

    private async Task<RetentionReport> RunAsync(FakeClock clock, bool dryRun = false)
    {
        var report = (await database.RetentionAt(clock).RunAsync(dryRun, Cancellation)).Value;
        Assert.Equal(0, report.Failed);
        return report;
    }

    private Task<string> LastEntryAsync() =>
        database.AskAsync<string>("select coalesce(jsonb_object_agg(district_id, sequence)::text, '{}') from gateway.audit_head");

    /// <summary>The entries since the heads stood so.</summary>
    private async Task<List<(string Actor, string Action, Dictionary<string, string> Details)>> ToldAsync(string heads)
    {
        await using var command = database.Owner.CreateCommand(
            "select actor, action, details from gateway.audit_entry where sequence > coalesce(($1::jsonb ->> district_id::text)::bigint, 0) order by district_id, sequence");
        command.Parameters.Add(new() { Value = heads });
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var told = new List<(string, string, Dictionary<string, string>)>();
        while (await reader.ReadAsync(Cancellation))
            told.Add((reader.GetString(0), reader.GetString(1), JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(2))!));
        return told;
    }
}
