using Gateway.Privacy;
using Npgsql;

namespace Gateway.Tests.Privacy.Audit;

[Trait("Requirement", "P-5.6")]
public sealed class AuditTrailTests(AuditDatabase audit) : IClassFixture<AuditDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_is_there_exactly_when_its_deed_was_committed()
    {
        var chain = await audit.ChainAsync(entries: 1);
        await Assert.ThrowsAsync<TimeoutException>(() => audit.Gateway.InDistrictAsync(chain, async session =>
        {
            await audit.Trail.AppendAsync(session, AuditEntry.ByOperator("test.undone"), Cancellation);
            throw new TimeoutException();
        }, Cancellation));
        await audit.AppendAsync(chain, AuditEntry.ByOperator("test.done.next"));

        Assert.Equal([(2, "test.done.next"), (1, "test.done")], (await ListAsync(chain)).Select(line => (line.Sequence, line.Action)));
        Assert.Null(await audit.BreakOfAsync(chain));
    }

    [Fact]
    public async Task Entries_of_many_at_once_have_numbers_without_gaps()
    {
        var chain = audit.NextChain();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => audit.AppendAsync(chain, AuditEntry.ByGateway("test.done")), Cancellation)));

        var state = await audit.StateAsync(chain);
        Assert.Equal((40, null), (state.Entries, state.Break));
    }

    [Fact]
    public async Task The_gateways_own_entry_goes_with_the_deeds_transaction_and_leaves_its_district_in_sight()
    {
        var chain = audit.NextChain();
        var before = (await OwnAsync()).Count;
        await using (var connection = await audit.Gateway.DataSource.OpenConnectionAsync(Cancellation))
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            await using (var see = new NpgsqlCommand($"select set_config('gateway.district', '{chain}', true)", connection, transaction))
                await see.ExecuteNonQueryAsync(Cancellation);
            await audit.Trail.AppendAsync(connection, transaction, AuditEntry.ByOperator("test.own"), Cancellation);
            await using var session = new Gateway.Storage.DistrictSession(chain, connection, transaction);
            await audit.Trail.AppendAsync(session, AuditEntry.ByOperator("test.district"), Cancellation);
            await transaction.CommitAsync(Cancellation);
        }

        Assert.Equal("test.own", (await OwnAsync())[0].Action);
        Assert.Equal(before + 1, (await OwnAsync()).Count);
        Assert.Equal("test.district", Assert.Single(await ListAsync(chain)).Action);

        Task<List<AuditLine>> OwnAsync() => new ListAudit(audit.Gateway).RunAsync(null, 100, Cancellation);
    }

    [Fact]
    public async Task A_district_reads_its_own_entries_alone()
    {
        var (one, other) = (await audit.ChainAsync(entries: 2), await audit.ChainAsync(entries: 3));

        Assert.Equal(2, (await ListAsync(one)).Count);
        Assert.Equal(3, (await ListAsync(other)).Count);
        Assert.Equal(0L, await audit.Gateway.InDistrictAsync(one, async session =>
        {
            await using var count = session.Command("select count(*) from gateway.audit_entry where district_id <> @d");
            count.Parameters.AddWithValue("d", one);
            return (long)(await count.ExecuteScalarAsync(Cancellation))!;
        }, Cancellation));
    }

    [Theory]
    [InlineData("update gateway.audit_entry set action = 'other'")]
    [InlineData("delete from gateway.audit_entry")]
    [InlineData("truncate gateway.audit_entry")]
    [InlineData("delete from gateway.audit_head")]
    public async Task The_gateways_own_role_may_not_take_back_what_was_written(string sql)
    {
        var chain = await audit.ChainAsync(entries: 1);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => audit.Gateway.InDistrictAsync(chain, async session =>
        {
            await using var command = session.Command(sql);
            await command.ExecuteNonQueryAsync(Cancellation);
        }, Cancellation));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task What_could_be_an_address_or_a_pasted_text_is_withheld()
    {
        var chain = audit.NextChain();
        await audit.AppendAsync(chain, AuditEntry.ByOperator("test.done", ("mail", "kim@school.example"), ("lines", "one\ntwo"), ("long", new string('x', 201)), ("none", null), ("count", "3")));

        Assert.Equal(
            [("count", "3"), ("lines", "withheld"), ("long", "withheld"), ("mail", "withheld")],
            Assert.Single(await ListAsync(chain)).Details.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => (d.Key, d.Value)));
    }

    private Task<List<AuditLine>> ListAsync(int chain) => new ListAudit(audit.Gateway).RunAsync(chain, 100, Cancellation);
}
