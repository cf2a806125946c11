using System.Security.Cryptography;
using Gateway.Privacy;
using Gateway.Privacy.Audit;
using Gateway.Stage;
using Gateway.Storage;
using Gateway.Storage.Sealing;

namespace Gateway.Tests.Privacy.Audit;

/// <summary>A migrated database with an audit trail; each test takes a chain of its own.</summary>
public sealed class AuditDatabase : IAsyncLifetime
{
    private readonly byte[] master = RandomNumberGenerator.GetBytes(32);
    private int chains = 1000;

    internal TestDatabase Database { get; private set; } = null!;

    internal GatewayDatabase Gateway { get; private set; } = null!;

    internal FakeClock Clock { get; } = new();

    internal AuditTrail Trail { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.CreateMigratedAsync("audit");
        Gateway = new GatewayDatabase(await DatabaseStartup.PrepareAsync(Database.OwnerConnectionString, MasterKeys.Of(master), CancellationToken.None));
        Trail = new AuditTrail(Gateway, Keys(), Clock);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DataSource.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>What a process has that just started: with the master key of then, or with a newer one before it.</summary>
    internal AuditKeys Keys(byte[]? newer = null) =>
        new(Gateway, new Sealer(newer is null ? MasterKeys.Of(master) : MasterKeys.Of(newer, master)), Clock);

    internal int NextChain() => Interlocked.Increment(ref chains);

    /// <summary>A new chain with so many entries.</summary>
    internal async Task<int> ChainAsync(int entries = 6)
    {
        var chain = NextChain();
        for (var entry = 1; entry <= entries; entry++)
            await AppendAsync(chain, AuditEntry.ByOperator("test.done", ("number", $"{entry}")));
        return chain;
    }

    internal Task AppendAsync(int chain, AuditEntry entry)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return Gateway.InDistrictAsync(chain, session => Trail.AppendAsync(session, entry, Cancellation), Cancellation);
    }

    internal Task<AuditReport> VerifyAsync(int? chain, params AuditMark[] marks) => new VerifyAudit(Gateway, Keys()).RunAsync(chain, marks, Cancellation);

    /// <summary>How a chain is found: where it breaks and why, or null.</summary>
    internal async Task<AuditBreak?> BreakOfAsync(int chain, params AuditMark[] marks) => (await StateAsync(chain, marks)).Break;

    internal async Task<AuditChainState> StateAsync(int chain, params AuditMark[] marks) => (await VerifyAsync(chain, marks)).Chains.Single(state => state.Chain == chain);
}
