namespace Gateway.Tests.Storage;

[Trait("Requirement", "P-5.5")]
public sealed class RowLevelSecurityTests : IClassFixture<MigratedDatabase>, IAsyncLifetime
{
    private const string Refused = "42501";

    // Tables without a district, and why they have none.
    private static readonly Dictionary<string, string> GatewayWide = new()
    {
        ["district"] = "the directory of tenants: slug, name, time zone",
        ["engine_client"] = "engines serve several districts",
        ["engine_credential"] = "of an engine, not of a district",
        ["engine_webhook"] = "of an engine, not of a district",
        ["engine_agreement"] = "of an engine, not of a district",
        ["signing_key"] = "the gateway's own keys, sealed",
        ["client_assertion"] = "an engine proves itself for all of its districts",
        ["audit_key"] = "the gateway's own keys, sealed",
        ["retention_tally"] = "counts by rule, of all districts together",
        ["data_protection_key"] = "the gateway's own keys, sealed",
        ["successor_key"] = "the gateway's own key, sealed",
        ["migration"] = "Entity Framework's history",
    };

    private readonly MigratedDatabase migrated;
    private int one;
    private int other;
    private string[] tables = [];

    public RowLevelSecurityTests(MigratedDatabase migrated) => this.migrated = migrated;

    public async ValueTask InitializeAsync()
    {
        await migrated.Database.ExecuteAsync("delete from gateway.district; delete from gateway.spent_value; delete from gateway.audit_entry; delete from gateway.audit_head; delete from gateway.certificate");
        (one, other) = await TwoDistricts.AddAsync(migrated);
        tables = await migrated.TablesAsync("district_id");
        foreach (var table in tables)
            Assert.True(await migrated.Database.AskAsync<long>($"select count(distinct district_id) from gateway.{table}") == 2, $"{table} needs a row of both districts");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Every_table_belongs_to_a_district_or_says_why_not() =>
        Assert.Equal(GatewayWide.Keys.Order(StringComparer.Ordinal), (await migrated.TablesAsync()).Except(tables).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_table_of_a_district_has_row_level_security_with_one_policy_on_its_district()
    {
        foreach (var table in tables)
        {
            Assert.True(await migrated.Database.AskAsync<bool>($"select relrowsecurity from pg_class where oid = 'gateway.{table}'::regclass"), table);
            var policies = await migrated.Database.AskAsync<string>($"""
                select string_agg(cmd || '|' || qual || '|' || coalesce(with_check, ''), ' ') from pg_policies
                where schemaname = 'gateway' and tablename = '{table}'
                """);
            Assert.Equal("ALL|(district_id = ( SELECT gateway.current_district() AS current_district))|", policies);
        }
    }

    [Fact]
    public async Task Query_that_forgets_its_district_gets_nothing()
    {
        foreach (var table in tables)
            Assert.Equal(0L, await migrated.AsApplicationAsync(null, $"select count(*) from gateway.{table}"));
    }

    [Fact]
    public async Task Query_of_one_district_sees_no_row_of_another()
    {
        foreach (var table in tables)
            Assert.Equal($"{one}", await migrated.AsApplicationAsync(one, $"select string_agg(distinct district_id::text, ',') from gateway.{table}"));
    }

    [Fact]
    public async Task Row_of_another_district_is_neither_changed_nor_deleted()
    {
        // Where the role may not delete at all, it is refused.
        string[] kept = ["change", "feed_position", "engine_mapping", "audit_entry", "audit_head", "certificate", "erasure", "erasure_engine", "district_closing", "policy_acceptance"];
        foreach (var table in tables.Except(kept))
        {
            var delete = $"with gone as (delete from gateway.{table} where district_id = {other} returning 1) select count(*) from gone";
            Assert.Equal(0L, await migrated.AsApplicationAsync(one, delete));
        }

        foreach (var table in kept)
            Assert.Equal(Refused, await migrated.RefusalAsync(one, $"delete from gateway.{table}"));
    }

    [Fact]
    public async Task Row_cannot_be_moved_into_another_district()
    {
        foreach (var table in tables)
            Assert.Equal(Refused, await migrated.RefusalAsync(one, $"update gateway.{table} set district_id = {other}"));
    }

    [Fact]
    public async Task Row_for_another_district_cannot_be_inserted()
    {
        foreach (var table in tables)
        {
            var row = await migrated.Database.AskAsync<string>($"select to_jsonb(t)::text from gateway.{table} t where district_id = {other} limit 1");
            var insert = $"insert into gateway.{table} overriding system value select * from jsonb_populate_record(null::gateway.{table}, '{row}')";
            Assert.Equal((table, Refused), (table, await migrated.RefusalAsync(one, insert)));
            Assert.Equal((table, Refused), (table, await migrated.RefusalAsync(null, insert)));
        }
    }

    [Fact]
    public async Task Setting_of_a_district_ends_with_its_transaction()
    {
        await using var connection = await migrated.Application.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using (var batch = Gateway.Storage.GatewayDatabase.DistrictBatch(connection, one))
            await batch.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var after = new Npgsql.NpgsqlCommand("select gateway.current_district() is null and (select count(*) from gateway.learner) = 0", connection);

        Assert.Equal(true, await after.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_launch_in_no_districts_sight_is_refused() => Assert.Equal(Refused, await migrated.RefusalAsync(
        null, "select gateway.record_launch(gen_random_uuid(), now(), gen_random_uuid(), 1, null, 'm', 'student', gen_random_uuid(), null, null, null, 1::smallint, now())"));
}
