using Gateway.Privacy.Retention;
using Gateway.Storage;
using Gateway.Tests.House;
using Gateway.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Privacy.Retention;

public sealed class RetentionTablesTests(MigratedDatabase migrated) : IClassFixture<MigratedDatabase>
{
    // Addresses of servers and, sealed, of the administrator who asked to be told; none of whoever visits.
    private static readonly string[] Addresses = ["district_contact.sealed_address", "roster_source.sftp_address"];

    [Fact]
    [Trait("Requirement", "P-2.10")]
    public async Task Every_table_is_emptied_by_a_rule_or_says_why_not()
    {
        using var context = new GatewayDbContext(GatewayDatabase.Options(migrated.Application));
        string[] tables =
        [
            .. context.Model.GetEntityTypes().Select(entity => entity.GetTableName()!),
            .. await migrated.TablesAsync(),
            .. await migrated.Database.AskAsync<string[]>("select array_agg('jobs.' || tablename) from pg_tables where schemaname = 'jobs'"),
        ];

        Assert.Equal(
            tables.Distinct().Order(StringComparer.Ordinal),
            RetentionRules.All.SelectMany(rule => rule.Tables).Concat(KeptTables.All.Select(table => table.Table)).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(KeptTables.All.Select(table => table.Table).Intersect(RetentionRules.All.SelectMany(rule => rule.Tables)));
        Assert.All(KeptTables.All, table => Assert.True(table is { Until.Length: > 5, Reason.Length: > 5 }, table.Table));
    }

    [Fact]
    public void Rules_have_codes_of_their_own_and_say_what_and_when()
    {
        Assert.Equal(RetentionRules.All.Count, RetentionRules.All.Select(rule => rule.Code).Distinct().Count());
        Assert.All(RetentionRules.All, rule => Assert.True(rule is { What.Length: > 5, When.Length: > 5, Requirement: ['P', '-', '2', '.', ..] }, rule.Code));
    }

    [Fact]
    [Trait("Requirement", "P-2.5")]
    [Trait("Requirement", "P-2.6")]
    public async Task No_column_holds_the_address_of_whoever_visits_or_a_hash_of_it() => Assert.Equal(Addresses, await migrated.Database.AskAsync<string[]>("""
        select array_agg(c.table_name || '.' || c.column_name order by c.table_name, c.column_name) from information_schema.columns c
        where c.table_schema in ('gateway', 'jobs')
          and (c.data_type in ('inet', 'cidr', 'macaddr', 'macaddr8') or c.column_name ~ '(^|_)(ip|ips|ipv4|ipv6|addr|address|remote|client_ip|user_agent|fingerprint)(_|$)')
        """));

    [Fact]
    [Trait("Requirement", "P-2.5")]
    [Trait("Requirement", "P-2.6")]
    public void No_code_but_the_limits_asks_where_a_visitor_comes_from() => Expect.Nothing(
        // The limits know a few bits of a hash under a key of the process, in memory (T-14).
        from use in Uses.OfGateway
        where !use.ToString().StartsWith("Gateway.Hosting.Limits.", StringComparison.Ordinal) && !use.ToString().StartsWith("Gateway.Hosting.RateLimits", StringComparison.Ordinal)
        where use.Method is "get_RemoteIpAddress" or "get_XForwardedFor" or "get_RemoteEndPoint" || use.Of.Name.StartsWith("ForwardedHeaders", StringComparison.Ordinal)
        select use.ToString());
}
