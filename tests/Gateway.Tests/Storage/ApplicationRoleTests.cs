using Gateway.Storage;
using Npgsql;

namespace Gateway.Tests.Storage;

[Trait("Requirement", "P-5.5")]
public sealed class ApplicationRoleTests(MigratedDatabase migrated) : IClassFixture<MigratedDatabase>
{
    [Theory]
    [InlineData("set role postgres")]
    [InlineData("set session authorization postgres")]
    [InlineData("create table gateway.own (id integer)")]
    [InlineData("create table public.own (id integer)")]
    [InlineData("create table jobs.own (id integer)")]
    [InlineData("create schema own")]
    [InlineData("create role own")]
    [InlineData("create extension pg_trgm")]
    [InlineData("alter table gateway.learner disable row level security")]
    [InlineData("alter table gateway.learner add column name text")]
    [InlineData("drop policy district on gateway.learner")]
    [InlineData("create policy own on gateway.learner using (true)")]
    [InlineData("drop table gateway.learner")]
    [InlineData("truncate gateway.learner")]
    [InlineData("create or replace function gateway.current_district() returns integer language sql return 1")]
    [InlineData("alter role current_user bypassrls")]
    [InlineData("alter role current_user superuser")]
    [InlineData("set row_security = off; select count(*) from gateway.learner")]
    [InlineData("select * from pg_authid")]
    [InlineData("copy gateway.engine_client to program 'cat'")]
    [InlineData("copy gateway.engine_client to '/tmp/engines'")]
    [InlineData("select pg_read_file('PG_VERSION')")]
    [InlineData("update gateway.change set kind = 'ended'")]
    [InlineData("delete from gateway.change")]
    [InlineData("update gateway.engine_mapping set enabled = true")]
    [InlineData("delete from gateway.engine_mapping")]
    [InlineData("update gateway.audit_entry set action = 'other'")]
    [InlineData("delete from gateway.audit_entry")]
    [InlineData("truncate gateway.audit_entry")]
    [InlineData("delete from gateway.audit_head")]
    [InlineData("truncate gateway.audit_head")]
    [InlineData("update gateway.audit_key set version = 2")]
    [InlineData("delete from gateway.audit_key")]
    [InlineData("update gateway.certificate set statement = ''")]
    [InlineData("delete from gateway.certificate")]
    [InlineData("delete from gateway.erasure")]
    [InlineData("update gateway.blocked_person set hash = gen_random_uuid()")]
    [InlineData("delete from gateway.district")]
    [InlineData("delete from gateway.policy_acceptance")]
    [InlineData("update gateway.policy_acceptance set accepted_by = 'other'")]
    [InlineData("delete from gateway.signing_key")]
    [InlineData("insert into gateway.retention_tally values ('rule', 1)")]
    [InlineData("insert into gateway.district_closing values (1, 'launch', 1)")]
    [InlineData("delete from gateway.engine_agreement")]
    public async Task Application_role_may_not(string sql) =>
        Assert.Equal("42501", await migrated.RefusalAsync(1, sql.Replace("postgres", await OwnerAsync(), StringComparison.Ordinal)));

    [Fact]
    public async Task Application_role_owns_nothing_and_has_no_power()
    {
        var role = (string)(await migrated.AsApplicationAsync(null, "select current_user::text"))!;
        Assert.Equal($"{migrated.Database.Name}_app", role);
        Assert.Equal(0, await migrated.Database.AskAsync<long>($"""
            select (select count(*) from pg_class where relowner = r.oid) + (select count(*) from pg_proc where proowner = r.oid)
                 + (select count(*) from pg_namespace where nspowner = r.oid) + (select count(*) from pg_type where typowner = r.oid)
                 + (select count(*) from pg_database where datdba = r.oid) + (select count(*) from pg_auth_members where member = r.oid)
            from pg_roles r where r.rolname = '{role}'
            """));
        Assert.False(await migrated.Database.AskAsync<bool>(
            $"select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication or rolinherit from pg_roles where rolname = '{role}'"));
    }

    [Fact]
    public async Task Only_the_listed_functions_cross_districts()
    {
        // Each answers one question; a new one needs a second look.
        Assert.Equal(
            ["accepted_policies", "audience_is_of_another", "audit_chains", "begin_webhook", "check_deployment", "check_registration", "count_expired", "delete_changes", "delete_district",
                "delete_expired", "delete_of_district", "due_alerts", "due_lanes", "due_scores", "due_webhooks", "engine_districts", "engine_use", "erase_learner", "erasure_district",
                "feed_positions", "find_registrations", "find_score", "key_shares", "never_given", "overdue_erasures", "published_key_sets", "remove_engine", "replay_webhooks",
                "roster_outlook", "seal_headers", "suspend_engine", "third_parties", "unannounced_feeds", "untold_conflicts", "untold_incidents", "untold_parked_scores",
                "untold_policies", "usage_by_district", "webhook_counts", "webhook_events"],
            await migrated.Database.AskAsync<string[]>("select array_agg(proname::text order by proname) from pg_proc where pronamespace = 'gateway'::regnamespace and prosecdef"));
    }

    [Fact]
    [Trait("Requirement", "T-15")]
    public async Task Every_search_path_of_a_function_ends_in_pg_temp_and_functions_of_the_owner_have_one() => Assert.Equal("", await migrated.Database.AskAsync<string>("""
        select coalesce(string_agg(p.oid::regprocedure::text, ' '), '')
        from pg_proc p left join lateral (select s as path from unnest(p.proconfig) s where s like 'search\_path=%') set on true
        where p.pronamespace = 'gateway'::regnamespace
          and case when p.prosecdef then set.path is distinct from 'search_path=pg_catalog, pg_temp' else set.path !~ '(=|, )pg_temp$' end
        """));

    [Theory]
    [Trait("Requirement", "T-14")]
    [InlineData("statement_timeout", "1min")]
    [InlineData("idle_in_transaction_session_timeout", "1min")]
    [InlineData("temp_file_limit", "4GB")]
    public async Task Application_role_has_a_limit_of(string setting, string limit) => Assert.Equal(limit, await migrated.AsApplicationAsync(null, $"show {setting}"));

    [Fact]
    [Trait("Requirement", "T-14")]
    public async Task Long_work_lifts_the_limits_of_time_for_itself_alone()
    {
        await using var connection = await migrated.Application.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await LongWork.AllowAsync(connection, LongWork.OfTransaction, TestContext.Current.CancellationToken);
            Assert.Equal("12h", await ShowAsync());
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("1min", await ShowAsync());

        async Task<object?> ShowAsync()
        {
            await using var show = new NpgsqlCommand("show statement_timeout", connection);
            return await show.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Functions_are_not_for_the_public() => Assert.False(await migrated.Database.AskAsync<bool>(
        "select coalesce(bool_or(has_function_privilege('public', oid, 'execute')), false) from pg_proc where pronamespace = 'gateway'::regnamespace"));

    private async Task<string> OwnerAsync() => await migrated.Database.AskAsync<string>("select current_user::text");
}
