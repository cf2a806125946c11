using System.Text.Json;
using Gateway.Districts;
using Gateway.Privacy;
using Gateway.Privacy.Audit;
using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Storage.Model;
using Gateway.Tests.Rostering;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Tests.Privacy.Retention;

[Trait("Requirement", "P-2.8")]
public sealed class ClosedDistrictTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const string End = "2026-11-30";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-12-31T04:59:59Z", true)]  // still 30 December in New York, the 30th day
    [InlineData("2026-12-31T05:00:01Z", false)]
    public async Task Thirty_days_after_the_last_day_it_can_be_exported_and_then_it_is_gone(string at, bool there)
    {
        var district = await FilledDistrictAsync();
        await EndAsync(district, End);

        var report = (await database.RetentionAt(At(at)).RunAsync(dryRun: false, Cancellation)).Value;

        Assert.Equal(there, !report.Closed.Contains($"made-up-{district}"));
        Assert.Equal(there ? 1 : 0, await CountAsync("district where id", district));
        Assert.Equal(there, await CountAsync("learner where district_id", district) > 0);
        await database.AskAsync<int>("with gone as (update gateway.district set contract_end = null returning 1) select count(*)::int from gone");
    }

    [Fact]
    public async Task Key_that_was_destroyed_is_not_kept_in_memory_either()
    {
        var district = await database.AddDistrictAsync();
        Assert.NotNull(await database.Keys.FindAsync(district, Cancellation));

        Assert.Equal(1, await database.Keys.DestroyAsync(district, Cancellation));

        Assert.Null(await database.Keys.FindAsync(district, Cancellation));
    }

    [Fact]
    public async Task Nothing_of_it_is_left_and_the_gateways_own_trail_says_how_many_rows_of_what()
    {
        var district = await FilledDistrictAsync();
        await EndAsync(district, End);
        var learners = await CountAsync("learner where district_id", district);
        var runs = await CountAsync("roster_run where district_id", district);

        await database.RetentionAt(At("2027-01-10T12:00:00Z")).RunAsync(dryRun: false, Cancellation);

        var tables = await database.AskAsync<string[]>("""
            select array_agg(c.relname::text) from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'district_id'
            where c.relnamespace = 'gateway'::regnamespace and c.relkind = 'r' and c.relname not like 'audit%'
            """);
        foreach (var table in tables)
            Assert.Equal((table, 0L), (table, await CountAsync($"{table} where district_id", district)));
        var entry = JsonSerializer.Deserialize<Dictionary<string, string>>(await database.AskAsync<string>(
            "select details from gateway.audit_entry where district_id = 0 and action = 'district.deleted' order by sequence desc limit 1"))!;
        Assert.Equal(($"made-up-{district}", $"{learners}", $"{runs}"), (entry["district"], entry["learner"], entry["roster_run"]));
        Assert.Equal(End, entry["contractEnd"]);
        // The end of its key is in its own chain, which stays.
        Assert.Equal(1, await database.AskAsync<long>($"select count(*) from gateway.audit_entry where district_id = {district} and action = 'key.destroyed'"));
    }

    [Fact]
    public async Task Its_key_is_destroyed_first_and_what_a_killed_run_left_goes_with_the_next()
    {
        var district = await FilledDistrictAsync();
        await EndAsync(district, End);
        await database.AskAsync<object>($"select count(*) from gateway.district_key where district_id = {district}");
        await using (var stop = database.Owner.CreateCommand($"""
            create function gateway.stop() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$;
            create trigger stop before delete on gateway.learner for each row when (old.district_id = {district}) execute function gateway.stop()
            """))
            await stop.ExecuteNonQueryAsync(Cancellation);
        var clock = At("2027-01-10T12:00:00Z");

        Assert.Equal(1, (await database.RetentionAt(clock).RunAsync(dryRun: false, Cancellation)).Value.Failed);
        Assert.Equal((0, 1), (await CountAsync("district_key where district_id", district), await CountAsync("district where id", district)));
        Assert.True(await CountAsync("learner where district_id", district) > 0);
        Assert.Equal("district.closed", (await ChangeAsync(district, new DateOnly(2030, 1, 1))).Failures[0].Code);

        await using (var go = database.Owner.CreateCommand("drop trigger stop on gateway.learner; drop function gateway.stop()"))
            await go.ExecuteNonQueryAsync(Cancellation);
        Assert.Equal(0, (await database.RetentionAt(clock).RunAsync(dryRun: false, Cancellation)).Value.Failed);
        Assert.Equal(0, await CountAsync("district where id", district));
    }

    [Fact]
    public async Task From_the_day_after_no_roster_is_taken_in()
    {
        var district = await database.AddDistrictAsync();
        await EndAsync(district, "2026-10-04");

        var refused = await database.ImportAsync(district, new MadeUpRoster());
        await EndAsync(district, "2026-10-05");
        var taken = await database.ImportAsync(district, new MadeUpRoster());

        Assert.Equal((RosterRunState.Failed, RosterCodes.ContractEnded, null), (refused.State, refused.Code, refused.RunId));
        Assert.Equal(RosterRunState.Applied, taken.State);
    }

    [Fact]
    public async Task A_later_end_takes_a_closing_back_and_the_audit_trail_has_it()
    {
        var district = await FilledDistrictAsync();
        await EndAsync(district, End);

        var changed = await ChangeAsync(district, new DateOnly(2027, 6, 30));
        await database.RetentionAt(At("2027-01-10T12:00:00Z")).RunAsync(dryRun: false, Cancellation);

        Assert.Equal(new DateOnly(2027, 6, 30), changed.Value.ContractEnd);
        Assert.Equal(1, await CountAsync("district_key where district_id", district));
        Assert.Contains("2027-06-30", await database.AskAsync<string>(
            $"select details from gateway.audit_entry where district_id = {district} and action = 'district.contract_changed'"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_itself_refuses_to_delete_a_district_before_its_time_or_with_its_key()
    {
        var district = await FilledDistrictAsync();
        Assert.Equal("55000", await DeleteAsync());
        await EndAsync(district, End);
        Assert.Equal("55000", await DeleteAsync());

        async Task<string> DeleteAsync()
        {
            await using var delete = database.Gateway.DataSource.CreateCommand($"select gateway.delete_of_district({district}, '2027-01-10', 10)");
            return (await Assert.ThrowsAsync<PostgresException>(() => delete.ExecuteScalarAsync(Cancellation))).SqlState;
        }
    }

    private static FakeClock At(string instant) => new(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));

    private async Task<int> FilledDistrictAsync()
    {
        var district = await database.AddDistrictAsync();
        await database.AskAsync<int>($"update gateway.district set slug = 'made-up-{district}' where id = {district} returning 1");
        await database.ImportAsync(district, new MadeUpRoster());
        await Gateway.Tests.Rostering.Launches.RecordAsync(database, district, "subject", "student-1");
        return district;
    }

    private Task EndAsync(int district, string end) => database.AskAsync<int>($"update gateway.district set contract_end = '{end}' where id = {district} returning 1");

    private async Task<Outcome<District>> ChangeAsync(int district, DateOnly end)
    {
        await using var model = database.Gateway.Open();
        var row = await model.Districts.SingleAsync(known => known.Id == district, Cancellation);
        var audit = new AuditTrail(database.Gateway, new AuditKeys(database.Gateway, database.Sealer, database.Clock), database.Clock);
        return await new ChangeContract(database.Gateway, audit).RunAsync(row, end, Cancellation);
    }

    private Task<long> CountAsync(string whose, int district) => database.AskAsync<long>($"select count(*) from gateway.{whose} = {district}");
}
