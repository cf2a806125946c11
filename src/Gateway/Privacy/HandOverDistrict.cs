using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Privacy.Successor;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Privacy;

/// <summary>What a bundle holds, from whom, for whom.</summary>
/// <param name="District">The district's slug.</param>
/// <param name="Rows">Of each table, how many rows.</param>
/// <param name="From">The fingerprint of the gateway that wrote it.</param>
/// <param name="To">The fingerprint of the gateway that it is for.</param>
internal sealed record BundleContent(string District, IReadOnlyDictionary<string, long> Rows, string From, string To);

/// <summary>
/// Writes a district into a bundle that only one other gateway can open (P-3.7): its rows as the database's own binary form, and its key in
/// all versions. Signed by this gateway, and sealed as it is written; nothing of it is in the clear on any disk.
/// </summary>
internal sealed class HandOverDistrict(GatewayDatabase database, DistrictKeys keys, SuccessorKeys own, AuditTrail trail, TimeProvider time)
{
    /// <param name="district">The district; its contract here must have ended, so that nothing is written behind the bundle.</param>
    /// <param name="successorKey">The other gateway's public key, PEM.</param>
    /// <param name="to">Where the bundle goes.</param>
    /// <param name="rehearsal">Also while the contract goes on: the other gateway is tried out.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<Outcome<BundleContent>> RunAsync(Storage.Model.District district, string successorKey, Stream to, bool rehearsal, CancellationToken cancellation)
    {
        using var successor = BundleHeader.PublicKeyOf(successorKey);
        if (successor is null)
            return new Failure("successor.key_invalid", "The key must be a public key as `privacy successor-key` of the other gateway writes it (PEM, P-256).");
        if (!rehearsal && !HasEnded(district))
            return new Failure("successor.contract_open", "End the contract first (`district contract DISTRICT --end DATE`): what launches and rosters write after the bundle would be lost. --rehearsal tries it out all the same.");

        var written = await database.InSnapshotAsync(district.Id, session => WriteAsync(session, district, successor, to, cancellation), cancellation);
        if (written.Succeeded)
            await database.InDistrictAsync(district.Id, session => trail.AppendAsync(session, new AuditEntry(
                AuditEntry.Operator, rehearsal ? "district.hand_over_rehearsed" : "district.handed_over",
                written.Value.Rows.ToDictionary(table => table.Key, table => table.Value.ToString(CultureInfo.InvariantCulture))), cancellation), cancellation);
        return written;
    }

    private async Task<Outcome<BundleContent>> WriteAsync(DistrictSession session, Storage.Model.District district, ECDiffieHellman successor, Stream to, CancellationToken cancellation)
    {
        await session.AllowLongWorkAsync(cancellation);
        if (await session.Model.ScoreDeliveries.LongCountAsync(score => score.State == "pending", cancellation) is > 0 and var pending)
            return new Failure("successor.scores_pending", $"{pending.ToString(CultureInfo.InvariantCulture)} scores are not delivered yet: they cannot move. Wait, or see why.");

        using var sender = await own.GetAsync(cancellation);
        var (header, key) = BundleHeader.For(successor, sender);
        using var cipher = new BundleCipher(key, header);
        using var bundle = new BundleWriter(to, cipher);
        await to.WriteAsync(header, cancellation);
        await bundle.BeginPartAsync(Manifest.Part, cancellation);
        // As the snapshot has it: a roster may have been applied since the district was looked up.
        var lastRoster = await session.Model.Districts.Where(row => row.Id == district.Id).Select(row => row.LastRoster).SingleAsync(cancellation);
        var manifest = new Manifest(
            session.Model.Database.GetMigrations().Last(), district.Slug, district.Name, district.TimeZone, district.GuestsAllowed, lastRoster, district.CreatedAt,
            [.. (await keys.ExportAsync(district.Id, cancellation)).Select(version => new ManifestKey(version.Version, version.Root, version.CreatedAt, version.ActiveFrom))]);
        await bundle.WriteRunAsync(JsonSerializer.SerializeToUtf8Bytes(manifest), cancellation);
        await bundle.EndPartAsync(cancellation);

        var rows = new Dictionary<string, long>();
        foreach (var table in MovedTables.All)
            rows[table.Name] = await CopyAsync(session.Connection, table, bundle, cancellation);
        await bundle.CompleteAsync(cancellation);
        CryptographicOperations.ZeroMemory(key);
        return new BundleContent(
            district.Slug, rows, BundleHeader.FingerprintOf(sender.ExportSubjectPublicKeyInfo()), BundleHeader.FingerprintOf(successor.ExportSubjectPublicKeyInfo()));
    }

    private bool HasEnded(Storage.Model.District district) =>
        district.ContractEnd is { } end
        && DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(district.TimeZone)).DateTime) > end;

    private static async Task<long> CopyAsync(NpgsqlConnection connection, MovedTable table, BundleWriter bundle, CancellationToken cancellation)
    {
        await using var count = new NpgsqlCommand($"select count(*) from gateway.{table.Name}", connection);
        var rows = (long)(await count.ExecuteScalarAsync(cancellation))!;
        await bundle.BeginPartAsync(table.Name, cancellation);
        // Row-level security: the rows of this district alone.
        await using (var copy = await connection.BeginRawBinaryCopyAsync($"copy (select {table.Columns} from gateway.{table.Name}) to stdout (format binary)", cancellation))
        {
            var buffer = new byte[BundleCipher.Piece];
            while (await copy.ReadAsync(buffer, cancellation) is > 0 and var length)
                await bundle.WriteRunAsync(buffer.AsMemory(0, length), cancellation);
        }

        await bundle.EndPartAsync(cancellation);
        return rows;
    }
}
