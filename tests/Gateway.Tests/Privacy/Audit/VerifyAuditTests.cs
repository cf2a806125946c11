using System.Security.Cryptography;
using Gateway.Privacy;

namespace Gateway.Tests.Privacy.Audit;

/// <summary>The owner of the database, who may write everything in it, at work on the chains.</summary>
[Trait("Requirement", "P-5.6")]
public sealed class VerifyAuditTests(AuditDatabase audit) : IClassFixture<AuditDatabase>
{
    private const string Entry = "gateway.audit_entry";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chain_that_nobody_touched_is_intact_also_under_a_new_master_key()
    {
        var chain = await audit.ChainAsync();
        var rotated = await new VerifyAudit(audit.Gateway, audit.Keys(newer: RandomNumberGenerator.GetBytes(32))).RunAsync(chain, [], Cancellation);
        var state = rotated.Chains.Single(found => found.Chain == chain);

        Assert.Null(state.Break);
        Assert.Equal((6, 6), (state.Entries, state.Head!.Sequence));
    }

    [Theory]
    [InlineData("at = at + interval '1 microsecond'")]
    [InlineData("actor = 'gateway'")]
    [InlineData("action = 'test.undone'")]
    [InlineData("details = '{\"number\":\"4\"}'")]
    [InlineData("details = '{\"number\": \"3\"}'")]
    [InlineData("previous = hash")]
    [InlineData("hash = previous")]
    [InlineData("hash = sha256(hash)")]
    public async Task A_changed_entry_is_found(string change)
    {
        var chain = await audit.ChainAsync();
        await OwnerAsync($"update {Entry} set {change} where district_id = {chain} and sequence = 3");

        Assert.Equal(new AuditBreak(3, AuditBreakKind.Changed), await audit.BreakOfAsync(chain));
    }

    [Fact]
    public async Task A_changed_last_entry_is_found()
    {
        var chain = await audit.ChainAsync();
        await OwnerAsync($"update {Entry} set action = 'other' where district_id = {chain} and sequence = 6");

        Assert.Equal(new AuditBreak(6, AuditBreakKind.Changed), await audit.BreakOfAsync(chain));
    }

    [Fact]
    public async Task A_removed_entry_is_found_also_when_the_later_ones_move_up()
    {
        var chain = await audit.ChainAsync();
        await OwnerAsync($"delete from {Entry} where district_id = {chain} and sequence = 3");
        Assert.Equal(new AuditBreak(3, AuditBreakKind.Removed), await audit.BreakOfAsync(chain));

        await OwnerAsync($"update {Entry} set sequence = sequence - 1 where district_id = {chain} and sequence = 4");
        await OwnerAsync($"update {Entry} set sequence = sequence - 1 where district_id = {chain} and sequence = 5");
        await OwnerAsync($"update {Entry} set sequence = sequence - 1 where district_id = {chain} and sequence = 6");
        Assert.Equal(new AuditBreak(3, AuditBreakKind.Removed), await audit.BreakOfAsync(chain));
    }

    [Fact]
    public async Task Removed_first_entries_are_found()
    {
        var chain = await audit.ChainAsync();
        await OwnerAsync($"delete from {Entry} where district_id = {chain} and sequence <= 2");

        Assert.Equal(new AuditBreak(1, AuditBreakKind.Removed), await audit.BreakOfAsync(chain));
    }

    [Fact]
    public async Task An_inserted_entry_is_found_between_others_and_at_the_end()
    {
        var between = await audit.ChainAsync();
        await OwnerAsync($"update {Entry} set sequence = sequence + 100 where district_id = {between} and sequence > 2");
        await OwnerAsync($"update {Entry} set sequence = sequence - 99 where district_id = {between} and sequence > 100");
        await OwnerAsync($"insert into {Entry} select district_id, 3, at, actor, 'made.up', details, hash, sha256(hash) from {Entry} where district_id = {between} and sequence = 2");
        Assert.Equal(new AuditBreak(3, AuditBreakKind.Inserted), await audit.BreakOfAsync(between));

        // The gateway's own role may add rows, but cannot make one that counts.
        var end = await audit.ChainAsync();
        await audit.Gateway.InDistrictAsync(end, async session =>
        {
            await using var insert = session.Command($"insert into {Entry} select district_id, 7, at, actor, 'made.up', details, hash, sha256(hash) from {Entry} where sequence = 6");
            await insert.ExecuteNonQueryAsync(Cancellation);
        }, Cancellation);
        Assert.Equal(new AuditBreak(7, AuditBreakKind.Inserted), await audit.BreakOfAsync(end));
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(2, 5)]
    [InlineData(1, 6)]
    public async Task Entries_in_another_order_are_found(int one, int other)
    {
        var chain = await audit.ChainAsync();
        await OwnerAsync($"update {Entry} set sequence = 99 where district_id = {chain} and sequence = {one}");
        await OwnerAsync($"update {Entry} set sequence = {one} where district_id = {chain} and sequence = {other}");
        await OwnerAsync($"update {Entry} set sequence = {other} where district_id = {chain} and sequence = 99");

        Assert.Equal(new AuditBreak(one, AuditBreakKind.Reordered), await audit.BreakOfAsync(chain));
    }

    [Fact]
    public async Task Entries_swapped_between_districts_are_found_in_both()
    {
        var (one, other) = (await audit.ChainAsync(), await audit.ChainAsync());
        await OwnerAsync($"update {Entry} set district_id = 99 where district_id = {one} and sequence = 3");
        await OwnerAsync($"update {Entry} set district_id = {one} where district_id = {other} and sequence = 3");
        await OwnerAsync($"update {Entry} set district_id = {other} where district_id = 99");

        Assert.Equal(new AuditBreak(3, AuditBreakKind.Moved), await audit.BreakOfAsync(one));
        Assert.Equal(new AuditBreak(3, AuditBreakKind.Moved), await audit.BreakOfAsync(other));
    }

    [Fact]
    public async Task A_cut_end_is_found_whatever_is_done_to_the_head()
    {
        var chain = await audit.ChainAsync();
        await OwnerAsync($"delete from {Entry} where district_id = {chain} and sequence > 4");
        Assert.Equal(new AuditBreak(5, AuditBreakKind.Cut), await audit.BreakOfAsync(chain));

        await OwnerAsync($"update gateway.audit_head h set sequence = 4, hash = e.hash from {Entry} e where h.district_id = {chain} and e.district_id = {chain} and e.sequence = 4");
        Assert.Equal(new AuditBreak(5, AuditBreakKind.Cut), await audit.BreakOfAsync(chain));

        await OwnerAsync($"delete from gateway.audit_head where district_id = {chain}");
        Assert.Equal(new AuditBreak(5, AuditBreakKind.Cut), await audit.BreakOfAsync(chain));
    }

    [Fact]
    public async Task A_cut_end_with_the_head_of_then_is_found_by_the_gateways_own_chain_and_by_a_mark_kept_elsewhere()
    {
        var chain = await audit.ChainAsync(entries: 4);
        await OwnerAsync($"create table head_of_{chain} as select * from gateway.audit_head where district_id = {chain}");
        await audit.AppendAsync(chain, AuditEntry.ByOperator("test.done"));
        var printed = (await audit.StateAsync(chain)).Head!;
        await CutAsync(chain);

        Assert.Equal(new AuditBreak(5, AuditBreakKind.Cut), await audit.BreakOfAsync(chain, printed));
        // Nothing else in the database knows of the fifth entry yet.
        Assert.Null(await audit.BreakOfAsync(chain));

        await audit.AppendAsync(chain, AuditEntry.ByOperator("test.done.again"));
        await audit.AppendAsync(0, AuditEntry.ByGateway("audit.heads", ($"{chain}", (await audit.StateAsync(chain)).Head!.ToString())));
        await CutAsync(chain);
        Assert.Equal(new AuditBreak(5, AuditBreakKind.Cut), await audit.BreakOfAsync(chain));
        Assert.Equal(new AuditBreak(5, AuditBreakKind.Changed), await Written(chain, printed));

        Task CutAsync(int of) => OwnerAsync($"""
            delete from {Entry} where district_id = {of} and sequence > 4;
            update gateway.audit_head h set sequence = o.sequence, hash = o.hash, seal = o.seal from head_of_{of} o where h.district_id = {of}
            """);

        // A chain that went on differently after it was cut.
        async Task<AuditBreak?> Written(int of, AuditMark mark)
        {
            await audit.AppendAsync(of, AuditEntry.ByOperator("test.other"));
            return await audit.BreakOfAsync(of, mark);
        }
    }

    [Fact]
    public async Task A_head_that_was_put_back_alone_is_found()
    {
        var chain = await audit.ChainAsync(entries: 4);
        await OwnerAsync($"create table head_of_{chain} as select * from gateway.audit_head where district_id = {chain}");
        await audit.AppendAsync(chain, AuditEntry.ByOperator("test.done"));
        await OwnerAsync($"update gateway.audit_head h set sequence = o.sequence, hash = o.hash, seal = o.seal from head_of_{chain} o where h.district_id = {chain}");

        Assert.Equal(new AuditBreak(5, AuditBreakKind.Changed), await audit.BreakOfAsync(chain));
    }

    [Fact]
    public async Task A_chain_that_is_gone_as_a_whole_is_found_once_its_head_was_recorded()
    {
        var chain = await audit.ChainAsync();
        await audit.AppendAsync(0, AuditEntry.ByGateway("audit.heads", ($"{chain}", (await audit.StateAsync(chain)).Head!.ToString())));
        await OwnerAsync($"delete from {Entry} where district_id = {chain}; delete from gateway.audit_head where district_id = {chain}");

        Assert.Equal(new AuditBreak(1, AuditBreakKind.Cut), await audit.BreakOfAsync(chain));
        Assert.Contains((await audit.VerifyAsync(null)).Chains, state => state.Chain == chain && state.Break is not null);
    }

    private Task OwnerAsync(string sql) => audit.Database.ExecuteAsync(sql);
}
