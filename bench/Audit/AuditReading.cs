using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gateway.Privacy;
using Gateway.Privacy.Audit;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Npgsql;

namespace Gateway.Bench.Audit;

/// <summary>
/// A chain of so many entries is verified, and its floor: the same rows read by the same COPY, every byte of them, without a hash.
/// In turn, on one database. <c>bench audit CONNECTION ROUNDS ENTRIES</c>
/// </summary>
internal sealed class AuditReading(string connection)
{
    private const int Chain = 1;

    public async Task RunAsync(int rounds, int entries)
    {
        var masterKeys = MasterKeys.Of(new byte[32]);
        await using var source = await DatabaseStartup.PrepareAsync(connection, masterKeys, CancellationToken.None);
        var database = new GatewayDatabase(source);
        var keys = new AuditKeys(database, new Sealer(masterKeys), TimeProvider.System);
        await FillAsync(await keys.GetAsync(CancellationToken.None), entries);
        var verify = new VerifyAudit(database, keys);
        // The first reading belongs to the compiler and to the server's cache.
        await verify.RunAsync(Chain, [], CancellationToken.None);
        await ReadAsync(database);
        var (floor, whole) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            floor.Add(await SecondsAsync(async () => Same(entries, await ReadAsync(database))));
            whole.Add(await SecondsAsync(async () => Same(entries, (await verify.RunAsync(Chain, [], CancellationToken.None)).Chains.Single(chain => chain is { Chain: Chain, Break: null }).Entries)));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{entries} entries, {rounds} rounds, medians: read {Median(floor):0.00} s, verified {Median(whole):0.00} s, {Median(whole) / Median(floor):0.00} times the floor; managed heap {GC.GetTotalAllocatedBytes() >> 20} MiB allocated in all"));
    }

    private async Task FillAsync(byte[] key, int entries)
    {
        await using var owner = new NpgsqlConnection(connection);
        await owner.OpenAsync();
        using var hasher = new EntryHash(key);
        var (previous, hash, seal) = (EntryHash.Nothing.ToArray(), new byte[EntryHash.Size], new byte[EntryHash.Size]);
        await using (var copy = await owner.BeginBinaryImportAsync("copy gateway.audit_entry (district_id, sequence, at, actor, action, details, previous, hash) from stdin (format binary)"))
        {
            for (var entry = 1L; entry <= entries; entry++)
            {
                var at = entry * 1_000_000;
                var details = string.Create(CultureInfo.InvariantCulture, $"{{\"class.added\":\"3\",\"enrollment.added\":\"{entry % 5000}\",\"learner.added\":\"{entry % 700}\",\"run\":\"{entry}\"}}");
                hasher.OfEntry(Chain, entry, at, "gateway"u8, "roster.applied"u8, Encoding.UTF8.GetBytes(details), previous, hash);
                await copy.StartRowAsync();
                await copy.WriteAsync(Chain);
                await copy.WriteAsync(entry);
                await copy.WriteAsync(EntryHash.TimeOf(at));
                await copy.WriteAsync("gateway");
                await copy.WriteAsync("roster.applied");
                await copy.WriteAsync(details);
                await copy.WriteAsync(previous);
                await copy.WriteAsync(hash);
                (previous, hash) = (hash, previous);
            }

            await copy.CompleteAsync();
        }

        hasher.OfHead(Chain, entries, previous, seal);
        await using var head = new NpgsqlCommand("insert into gateway.audit_head (district_id, sequence, hash, seal) values ($1, $2, $3, $4)", owner);
        foreach (var value in new object[] { Chain, (long)entries, previous, seal })
            head.Parameters.Add(new() { Value = value });
        await head.ExecuteNonQueryAsync();
        await using var tidy = new NpgsqlCommand("vacuum analyze gateway.audit_entry", owner) { CommandTimeout = 0 };
        await tidy.ExecuteNonQueryAsync();
    }

    private static Task<long> ReadAsync(GatewayDatabase database) => database.InDistrictAsync(Chain, async session =>
    {
        await using var reader = await ChainReader.OpenAsync(session.Connection, Chain, CancellationToken.None);
        var entries = 0L;
        while (await reader.ReadAsync(CancellationToken.None))
            entries++;
        return entries;
    }, CancellationToken.None);

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    private static void Same(long wanted, long got)
    {
        if (wanted != got)
            throw new InvalidOperationException($"{got} entries instead of {wanted}.");
    }

    private static double Median(List<double> seconds) => seconds.Order().ElementAt(seconds.Count / 2);
}
